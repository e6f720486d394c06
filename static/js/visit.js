"use strict";
// On a link that several people use, nobody shall meet what somebody else began: a page that is opened in another tab
// than the one in which 'Start' was pressed, or that nobody has touched for five minutes, gives way to the welcome page.
(() => {
  const { rest, idle, begun } = document.currentScript.dataset;
  const LOOK = 15000; // ms between two looks at the clock
  let touched = Date.now();

  // Without storage every tab counts as the one that began: the server's five minutes hold all the same.
  function begunHere() {
    try {
      return sessionStorage.getItem(rest) !== null;
    } catch {
      return true;
    }
  }

  function beginHere() {
    try {
      sessionStorage.setItem(rest, "");
    } catch {
      // see above
    }
  }

  function isIdle() {
    return idle > 0 && Date.now() - touched >= idle * 1000;
  }

  // Whoever holds something that is not saved yet says no, saves it, and is asked again.
  function giveWay() {
    if (document.dispatchEvent(new CustomEvent("visit:rest", { cancelable: true }))) location.replace(rest);
  }

  function watch() {
    for (const kind of ["pointerdown", "keydown", "input", "scroll", "touchstart"]) {
      document.addEventListener(kind, () => isIdle() || (touched = Date.now()), { capture: true, passive: true });
    }
    setInterval(() => isIdle() && giveWay(), LOOK);
    for (const kind of ["visibilitychange", "focus", "pageshow"]) {
      window.addEventListener(kind, () => isIdle() && giveWay(), { capture: true });
    }
  }

  // Where the statements stand on the first page, the first answer is the start.
  function beginByAnswering({ target }) {
    if (target.form?.id !== "rating") return;
    document.removeEventListener("change", beginByAnswering);
    touched = Date.now();
    beginHere();
    watch();
  }

  document.addEventListener("submit", beginHere);
  window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  if (begun === undefined) {
    document.addEventListener("change", beginByAnswering);
    return;
  }

  if (location.hash === "#mine") {
    beginHere(); // by the link of one's own
    history.replaceState(null, "", location.pathname + location.search);
  }
  if (!begunHere()) {
    location.replace(rest);
    return;
  }
  watch();
})();
