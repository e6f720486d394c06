"use strict";
// One slide at a time where the window has room for it; elsewhere, and without script, all of them one under another.
(() => {
  const SWIPE = 60; // px
  const FITS = [1, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6, 0.5]; // sizes of what is on a slide, the largest that fits
  const wide = window.matchMedia("(min-width: 900px) and (min-height: 480px)");
  const root = document.documentElement;
  const deck = document.querySelector(".deck");
  const slides = [...deck.querySelectorAll(".slide")];
  const said = document.getElementById("said");
  const blank = document.querySelector(".deck-blank");
  const control = (name) => document.querySelector(`.deck-controls [data-do="${name}"]`);
  let shown = 0;
  let typed = "";
  let pressed = null; // where a finger came down

  // --- which slide ---

  function named() {
    return slides.findIndex((slide) => `#${slide.id}` === location.hash);
  }

  function show(index, { aloud = true } = {}) {
    shown = Math.min(Math.max(index, 0), slides.length - 1);
    slides.forEach((slide, place) => slide.classList.toggle("is-shown", place === shown));
    history.replaceState(null, "", `#${slides[shown].id}`);
    fit(slides[shown]);
    if (aloud) said.textContent = told();
  }

  function told() {
    const words = (selector) => slides[shown].querySelector(selector).textContent.trim();
    return `${words(".slide-foot .slide-place")}: ${words("[id^=message]")}`;
  }

  function fit(slide) {
    const body = slide.querySelector(".slide-body");
    for (const size of FITS) {
      body.style.setProperty("--fit", size);
      if (body.scrollHeight <= body.clientHeight) break;
    }
  }

  // --- what the keys and buttons do ---

  const doings = {
    next: () => show(shown + 1),
    back: () => show(shown - 1),
    first: () => show(0),
    last: () => show(slides.length - 1),
    notes() {
      const open = control("notes").getAttribute("aria-pressed") !== "true";
      control("notes").setAttribute("aria-pressed", String(open));
      for (const notes of deck.querySelectorAll(".slide-notes")) notes.open = open;
      fit(slides[shown]);
    },
    async screen() {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await root.requestFullscreen?.().catch(() => {}); // refused: the window stays as it is
    },
    blank() {
      blank.hidden = !blank.hidden;
      deck.querySelectorAll(".slide").forEach((slide) => (slide.inert = !blank.hidden));
      document.querySelector(".deck-controls").inert = !blank.hidden;
      if (!blank.hidden) blank.focus();
      said.textContent = blank.hidden ? told() : said.dataset.blank;
    },
    leave() {
      if (document.fullscreenElement) document.exitFullscreen(); // a second time leaves the slides
      else location.assign(control("leave").href);
    },
  };

  const keys = {
    ArrowRight: "next",
    " ": "next",
    PageDown: "next",
    ArrowLeft: "back",
    PageUp: "back",
    Home: "first",
    End: "last",
    b: "blank",
    ".": "blank", // what a presenter's remote sends
    f: "screen",
    n: "notes",
    Escape: "leave",
  };

  function onKey(event) {
    if (!wide.matches || event.ctrlKey || event.metaKey || event.altKey) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!blank.hidden) {
      event.preventDefault();
      doings.blank();
    } else if (/^\d$/.test(name)) {
      typed += name;
    } else if (name === "Enter" && typed) {
      event.preventDefault();
      show(Number(typed) - 1);
      typed = "";
    } else if (keys[name] && !(name === " " && event.target.closest("button, a, summary"))) {
      event.preventDefault();
      typed = "";
      doings[keys[name]]();
    }
  }

  // --- fingers: the right third is next, the left third is back; so is a swipe ---

  function onLift(event) {
    if (!wide.matches || event.pointerType !== "touch" || !pressed) return;
    const moved = event.clientX - pressed.clientX;
    const at = event.clientX / (deck.clientWidth || 1);
    pressed = null;
    if (event.target.closest("a, button, summary, .slide-notes")) return;
    if (moved < -SWIPE || (Math.abs(moved) < SWIPE / 4 && at > 2 / 3)) doings.next();
    else if (moved > SWIPE || (Math.abs(moved) < SWIPE / 4 && at < 1 / 3)) doings.back();
  }

  // --- the start ---

  root.classList.add("deck-staged");
  for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
  if (!document.fullscreenEnabled) control("screen").hidden = true;
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (!button) return;
    if (event.detail) button.blur(); // after a click, the space bar moves on
    doings[button.dataset.do]();
  });
  blank.addEventListener("click", doings.blank);
  deck.addEventListener("pointerdown", (event) => (pressed = event));
  deck.addEventListener("pointerup", onLift);
  window.addEventListener("hashchange", () => named() >= 0 && show(named()));
  window.addEventListener("resize", () => fit(slides[shown]));
  document.fonts.ready.then(() => fit(slides[shown]));
  show(Math.max(named(), 0), { aloud: false });
})();
