"use strict";
// Which slide it is, in the window of the room and in that of whoever speaks: keys, buttons, the list of all slides, the
// address, and the other window. What is to be seen of it the page's own script does: it hears "slides:shown" and
// "slides:blank" and "slides:other", and asks by "slides:do".
(() => {
  const FITS = [1, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6, 0.5]; // sizes of what is on a slide, the largest that fits
  const ANSWERS = 1000; // ms within which another window has answered
  const place = document.querySelector("[data-slides]");
  const { deck, role } = place.dataset;
  const last = Number(place.dataset.slides) - 1;
  const list = document.querySelector(".deck-jump");
  const titles = [...list.querySelectorAll("li a")]; // the link beneath them leads elsewhere
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`slides ${deck}`) : null;
  let shown = 0;
  let typed = "";
  let isSettled = false; // before that it follows the other window, and does not lead it
  let isAsked = false; // by another window meanwhile
  let isBlank = false;

  function tell(kind, more = {}) {
    channel?.postMessage({ kind, role, ...more });
  }

  function say(what, detail) {
    return document.dispatchEvent(new CustomEvent(`slides:${what}`, { detail, cancelable: true }));
  }

  // --- which slide ---

  function named() {
    const number = Number(location.hash.match(/^#slide-(\d+)$/)?.[1]);
    return number >= 1 && number <= last + 1 ? number - 1 : -1;
  }

  function show(index, { aloud = true, isOwn = true } = {}) {
    shown = Math.min(Math.max(index, 0), last);
    history.replaceState(null, "", `#slide-${shown + 1}`);
    titles.forEach((title, at) => (at === shown ? title.setAttribute("aria-current", "true") : title.removeAttribute("aria-current")));
    say("shown", { index: shown, aloud });
    fit();
    if (isOwn) {
      settle();
      tell("show", { index: shown });
    }
  }

  function settle() {
    isSettled = true;
    if (isAsked) answer();
  }

  function answer() {
    isAsked = !isSettled;
    if (isSettled) tell("here", { index: shown, isBlank });
  }

  function fit() {
    for (const body of document.querySelectorAll(".slide-body")) {
      if (!body.checkVisibility()) continue;
      for (const size of FITS) {
        body.style.setProperty("--fit", size);
        if (body.scrollHeight <= body.clientHeight) break;
      }
    }
  }

  // --- the other window ---

  function hear({ data }) {
    const isOther = data.role !== role;
    if (data.kind === "show") show(data.index, { isOwn: false });
    else if (data.kind === "ask") answer();
    else if (data.kind === "blank") say("blank", data);
    else if (data.kind === "bye" && isOther) ask();
    if (data.kind === "here" && isOther && !isSettled) {
      show(data.index, { isOwn: false });
      settle();
    }
    if (isOther && data.kind !== "bye") say("other", { isThere: true, isBlank: data.isBlank });
  }

  function ask() {
    let isAlone = true;
    const heard = ({ data }) => (isAlone &&= data.role === role || data.kind === "bye");
    channel.addEventListener("message", heard);
    tell("ask");
    setTimeout(() => {
      channel.removeEventListener("message", heard);
      settle();
      if (isAlone) say("other", { isThere: false });
    }, ANSWERS);
  }

  // --- what keys and buttons do ---

  const doings = {
    next: () => show(shown + 1),
    back: () => show(shown - 1),
    first: () => show(0),
    last: () => show(last),
    jump() {
      if (list.open) return list.close();
      list.showModal();
      titles[shown].focus();
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
    g: "jump",
    b: "blank",
    ".": "blank", // what a presenter's remote sends
    f: "screen",
    n: "notes",
    Escape: "leave",
  };

  function perform(name, event) {
    if (doings[name]) doings[name]();
    else say("do", { name, event });
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return onKeyOfField(event);
    if (!say("key", { event })) return; // the page wants none, or has used it up
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (/^\d$/.test(name)) {
      typed += name;
    } else if (name === "Enter" && typed) {
      event.preventDefault();
      if (list.open) list.close();
      show(Number(typed) - 1);
      typed = "";
    } else if (list.open) {
      onKeyOfList(event, name);
    } else if (keys[name] && !(name === " " && event.target.closest("button, a, summary"))) {
      event.preventDefault();
      typed = "";
      perform(keys[name], event);
    }
  }

  // What is typed is typed; Esc leaves the field, and only the next one the slides.
  function onKeyOfField(event) {
    if (event.key === "Escape") event.target.blur();
  }

  function onKeyOfList(event, name) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[name];
    typed = "";
    if (name === "g") doings.jump();
    if (!step) return;
    event.preventDefault();
    const at = titles.indexOf(document.activeElement);
    titles[(at + step + titles.length) % titles.length].focus();
  }

  // --- the start ---

  for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    if (event.detail) button.blur(); // after a click, the space bar moves on
    if (doings[button.dataset.do]) doings[button.dataset.do]();
    else say("do", { name: button.dataset.do, event });
  });
  list.addEventListener("click", (event) => {
    const title = event.target.closest("li a");
    if (!title && event.target !== list) return;
    event.preventDefault();
    list.close();
    if (title) show(titles.indexOf(title));
  });
  document.addEventListener("slides:tell", ({ detail }) => {
    isBlank = detail.isBlank ?? isBlank;
    tell(detail.kind, detail);
  });
  document.addEventListener("agreed:grown", fit);
  window.addEventListener("resize", fit);
  document.fonts.ready.then(fit);
  window.addEventListener("hashchange", () => named() >= 0 && show(named()));
  window.addEventListener("pagehide", () => tell("bye"));
  show(Math.max(named(), 0), { aloud: false, isOwn: false });
  if (channel) {
    channel.addEventListener("message", hear);
    ask();
  } else {
    say("other", { isUnable: true });
  }
})();
