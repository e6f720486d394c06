"use strict";
// The window of whoever speaks: notes of the slide, a picture of the next one, a clock. Which slide it is, slides.js says.
(() => {
  const TICK = 1000; // ms
  const place = document.querySelector("[data-slides]");
  const notes = [...document.querySelectorAll(".speaker-slide")];
  const pictures = [...document.querySelectorAll("[data-picture]")];
  const state = document.getElementById("state");
  const began = `began ${place.dataset.deck}`; // in this tab: a reload goes on counting
  let isThere = false;
  let isBlank = false;

  function show({ detail: { index } }) {
    notes.forEach((one, at) => (one.hidden = at !== index));
    pictures.forEach((one, at) => (one.hidden = at !== index + 1));
    document.getElementById("end").hidden = index < notes.length - 1;
    window.scrollTo(0, 0);
  }

  // --- what it says of the other window ---

  function say(text) {
    const words = state.querySelector("span");
    if (words.textContent !== text) words.textContent = text;
    state.querySelector("a").hidden = isThere;
    document.querySelector("[data-do=blank]").setAttribute("aria-pressed", String(isBlank));
    document.querySelector("[data-do=blank]").disabled = !isThere;
  }

  function meet({ detail }) {
    isThere = Boolean(detail.isThere);
    isBlank = isThere && (detail.isBlank ?? isBlank);
    if (detail.isUnable) say(state.dataset.unable);
    else if (!isThere) say(state.dataset.alone);
    else say(isBlank ? state.dataset.blank : state.dataset.together);
  }

  // --- the clock ---

  function tick() {
    const now = new Date();
    const seconds = Math.max(0, Math.floor((now - Number(sessionStorage.getItem(began))) / 1000));
    const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const two = (number) => String(number).padStart(2, "0");
    const words = { hour: "2-digit", minute: "2-digit" };
    document.getElementById("clock").textContent = now.toLocaleTimeString(document.documentElement.lang, words);
    document.getElementById("since").textContent = hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  }

  function zero() {
    sessionStorage.setItem(began, Date.now());
    tick();
  }

  const doings = {
    zero,
    blank: () => document.dispatchEvent(new CustomEvent("slides:tell", { detail: { kind: "blank" } })),
  };

  document.documentElement.classList.add("speaker-scripted");
  document.addEventListener("slides:shown", show);
  document.addEventListener("slides:other", meet);
  document.addEventListener("slides:do", ({ detail: { name } }) => doings[name]?.());
  if (!sessionStorage.getItem(began)) zero();
  tick();
  setInterval(tick, TICK);
})();
