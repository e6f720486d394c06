"use strict";
// The screen of the room: one slide at a time where the window has room for it; elsewhere, and without script, all of them
// one under another. Which one it is, slides.js says.
(() => {
  const SWIPE = 60; // px
  const POPUP = "popup,width=1100,height=760";
  const wide = window.matchMedia("(min-width: 900px) and (min-height: 480px)");
  const root = document.documentElement;
  const deck = document.querySelector(".deck");
  const slides = [...deck.querySelectorAll(".slide")];
  const said = document.getElementById("said");
  const blank = document.querySelector(".deck-blank");
  const control = (name) => document.querySelector(`.deck-controls [data-do="${name}"]`);
  let shown = 0;
  let pressed = null; // where a finger came down

  function show({ detail: { index, aloud } }) {
    shown = index;
    slides.forEach((slide, place) => slide.classList.toggle("is-shown", place === index));
    if (aloud) said.textContent = told();
  }

  function told() {
    const words = (selector) => slides[shown].querySelector(selector).textContent.trim();
    return `${words(".slide-foot .slide-place")}: ${words("[id^=message]")}`;
  }

  function ask(name, detail) {
    document.dispatchEvent(new CustomEvent(`slides:${name}`, { detail }));
  }

  const doings = {
    // In a window of its own; where that is kept from opening, the link opens a tab.
    notes(event) {
      const link = control("notes");
      const opened = window.open(link.href, `notes ${link.href}`, POPUP);
      if (opened) event.preventDefault();
      else if (event.type === "keydown") link.click();
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
      ask("tell", { kind: "blanked", isBlank: !blank.hidden });
    },
    leave(event) {
      event.preventDefault();
      if (document.fullscreenElement) document.exitFullscreen(); // a second time leaves the slides
      else location.assign(control("leave").href);
    },
  };

  // --- fingers: the right third is next, the left third is back; so is a swipe ---

  function onLift(event) {
    if (!wide.matches || event.pointerType !== "touch" || !pressed) return;
    const moved = event.clientX - pressed.clientX;
    const at = event.clientX / (deck.clientWidth || 1);
    pressed = null;
    if (event.target.closest("a, button, summary, input, textarea, dialog")) return;
    if (moved < -SWIPE || (Math.abs(moved) < SWIPE / 4 && at > 2 / 3)) control("next").click();
    else if (moved > SWIPE || (Math.abs(moved) < SWIPE / 4 && at < 1 / 3)) control("back").click();
  }

  // --- the start ---

  root.classList.add("deck-staged");
  if (!document.fullscreenEnabled) control("screen").remove();
  document.addEventListener("slides:shown", show);
  document.addEventListener("slides:blank", doings.blank);
  document.addEventListener("slides:do", ({ detail: { name, event } }) => doings[name]?.(event));
  document.addEventListener("slides:key", (asked) => {
    if (!wide.matches) asked.preventDefault();
    if (blank.hidden) return;
    asked.preventDefault();
    asked.detail.event.preventDefault();
    doings.blank();
  });
  blank.addEventListener("click", doings.blank);
  deck.addEventListener("pointerdown", (event) => (pressed = event));
  deck.addEventListener("pointerup", onLift);
})();
