// Says where it was to show that something a person asked of htmx has failed, and offers a way on.
// What the page fetches by itself (progress, counts) is asked for again anyway and stays quiet.
"use strict";

(() => {
  const ASKED = ["click", "submit", "change"];

  function reason({ status }) {
    if (!status) return "no-connection";
    if (status === 401) return "signed-out";
    return status < 500 ? "out-of-date" : "broken";
  }

  function words(when) {
    const { content } = document.getElementById("failed");
    return content.querySelector(`[data-when="${when}"]`).cloneNode(true);
  }

  function tell({ elt, target, xhr, requestConfig: { triggeringEvent: event } }) {
    if (!ASKED.includes(event?.type)) return;
    const note = words(reason(xhr));
    const pressed = event.type === "change" ? event.target : (event.submitter ?? elt.querySelector("button") ?? elt);
    for (const link of note.querySelectorAll("a[href$='next=']")) {
      link.href += encodeURIComponent(location.pathname + location.search);
    }
    note.querySelector("button")?.addEventListener("click", () => {
      note.remove();
      pressed.focus({ preventScroll: true });
      htmx.trigger(event.target, event.type);
    });
    place(note, elt, target);
    const hasLostFocus = document.activeElement === document.body && pressed.matches("button"); // disabled meanwhile
    if (hasLostFocus) pressed.focus({ preventScroll: true });
  }

  function place(note, elt, target) {
    const isRead = !target.hidden && target.closest("[aria-live]");
    if (!isRead) note.setAttribute("role", "alert");
    target.querySelector(".failed")?.remove();
    target.hidden = false;
    if (target !== elt && target.contains(elt)) elt.after(note);
    else target.prepend(note);
    note.scrollIntoView({ block: "nearest" });
  }

  // Only after htmx has given its buttons back.
  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(name, ({ detail }) => setTimeout(tell, 0, detail));
  }
})();
