"use strict";
// Saves answers on the server soon after they are given, those of two seconds together, and says so once they are there.
// Nothing is kept in the browser: what has not arrived waits in this page, and is sent again until it has.
(() => {
  const WAIT = 2000; // ms at most that an answer waits for company
  const GIVE_UP = 15000; // ms for one request
  const RETRY = { first: 2000, most: 30000 };
  const KEEPALIVE = 60000; // characters a browser still sends while the page closes

  const form = document.getElementById("rating");
  const status = document.getElementById("saved");
  const words = status.dataset;
  const waiting = new Map(); // field name → its values, until the server has them
  let onTheWay = new Map(); // what of these was sent last, while it is not answered yet
  let flying = 0; // characters that were sent and are not answered yet
  const refused = new Set(); // names of what the server cannot take as it is
  const typed = new Map(); // comment name → as it was put last
  const page = Math.random().toString(36).slice(2, 10);
  let turn = 0; // of this page's saves: the server passes over one that a later one has overtaken
  let sending = null;
  let soon; // timer: of what waits for company
  let again; // timer: of what could not be sent
  let pause = RETRY.first;
  let isElsewhere = false; // signed out, or another link was opened in this browser
  let leaving = false;

  // --- what the head of the page says ---

  let heard = ""; // what was read out last: neither "Saving…" nor the same again is worth it

  function say(state, text, link) {
    words.state = state;
    const place = status.querySelector("span");
    if (place.textContent === text) return;
    status.setAttribute("aria-live", state === "saving" || text === heard ? "off" : "polite");
    if (state !== "saving") heard = text;
    place.textContent = text;
    if (link) place.append(" ", link);
  }

  function clock(date) {
    return date.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  }

  function sayStored() {
    if (refused.size) say("lost", words.refused);
    else say("saved", words.saved.replace("{time}", clock(new Date())));
  }

  function signInLink({ sign_in: href, sign_in_words: textContent }) {
    if (!href) return null; // answered by a link of one's own, not by an account
    return Object.assign(document.createElement("a"), { href, textContent, target: "_blank" });
  }

  function count() {
    const given = form.querySelectorAll(".rating-row:has(:checked)").length;
    const asked = form.querySelectorAll(".rating-row").length;
    for (const place of document.querySelectorAll("[data-count]")) {
      place.textContent = place.dataset.count.replace("{given}", given).replace("{asked}", asked);
    }
  }

  function explain(name, sentence) {
    const place = document.getElementById(`${name}-problem`);
    if (!place) return;
    place.textContent = sentence;
    const field = document.getElementById(name);
    if (sentence) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }

  // --- sending ---

  function token() {
    return document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1] ?? "";
  }

  // Read off the fields: asking the form for its data would leave out what is not waiting yet.
  function valuesOf(name) {
    const fields = [...form.elements].filter((field) => field.name === name);
    return fields.filter(({ type, checked }) => checked || !/radio|checkbox/.test(type)).map(({ value }) => value);
  }

  function put(name) {
    waiting.set(name, valuesOf(name));
    words.waiting = waiting.size;
    if (words.state !== "lost") say("saving", words.saving);
    soon ??= setTimeout(flush, WAIT);
  }

  function flush() {
    clearTimeout(again);
    sending ??= drain().finally(() => {
      sending = null;
    });
    return sending;
  }

  // True once everything is on the server.
  async function drain() {
    while (waiting.size) {
      clearTimeout(soon);
      soon = undefined;
      const batch = new Map(waiting);
      const isDone = await taken(await post(batch), batch);
      onTheWay = new Map();
      if (!isDone) return false;
      for (const [name, values] of batch) if (waiting.get(name) === values) waiting.delete(name);
      words.waiting = waiting.size;
    }
    pause = RETRY.first;
    sayStored();
    return true;
  }

  // Perhaps the last that runs here: nothing waits for what is on its way already.
  function leave() {
    if (leaving || !hasNews()) return; // posted with the page, or sent
    if (sending) post(new Map(waiting));
    else flush();
  }

  function hasNews() {
    return [...waiting].some(([name, values]) => onTheWay.get(name) !== values);
  }

  // Each holds all that waits, so that none has to arrive but the last.
  async function post(batch) {
    onTheWay = batch;
    const body = bodyOf(batch);
    const { length } = body;
    flying += length;
    const request = {
      method: "POST",
      body,
      headers: {
        "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
        "X-CSRFToken": token(),
        Accept: "application/json",
      },
      keepalive: flying < KEEPALIVE,
      signal: AbortSignal.timeout(GIVE_UP),
    };
    const answer = await fetch(form.dataset.save, request).catch(() => null);
    flying -= length;
    return answer;
  }

  function bodyOf(batch) {
    const body = new URLSearchParams([...batch].flatMap(([name, values]) => values.map((value) => [name, value])));
    for (const name of ["mark", "visit"]) if (form.elements[name]) body.set(name, form.elements[name].value);
    body.set("turn", `${page} ${++turn}`);
    return body.toString();
  }

  // Whether the server is done with the batch; if not, says why and tries again later.
  async function taken(answer, batch) {
    const said = await answer?.json().catch(() => ({}));
    isElsewhere = [401, 412].includes(answer?.status);
    switch (answer?.status) {
      case 200:
        mark(batch, said.problems ?? {}, said.unsaved ?? []);
        return true;
      case 400:
      case 413:
        mark(batch, Object.fromEntries([...batch.keys()].map((name) => [name, words.unreadable])), [...batch.keys()]);
        return true;
      case 401:
      case 412:
        return later(said.sentence, signInLink(said));
      case 403:
        await fetch(location.href).catch(() => null); // brings a fresh token
        return later(words.offline);
      case 404:
        return later(words.gone);
      case 503:
        return later(said.sentence ?? words.failing);
      case 409:
        return stop(said.sentence);
      case undefined:
        return later(words.offline);
      default:
        return later(words.failing);
    }
  }

  function mark(batch, problems, unsaved) {
    for (const name of batch.keys()) {
      refused.delete(name);
      explain(name, problems[name] ?? "");
    }
    for (const name of unsaved) refused.add(name);
  }

  // Submitted elsewhere meanwhile: nothing here can be saved any more.
  function stop(text) {
    waiting.clear();
    words.waiting = 0;
    say("lost", text);
    return false;
  }

  function later(text, link) {
    say("lost", text, link);
    again = setTimeout(flush, pause);
    pause = Math.min(pause * 2, RETRY.most);
    return false;
  }

  // --- what people do ---

  form.addEventListener("change", ({ target }) => {
    if (!target.name || isWritten(target)) return;
    put(target.name);
    count();
  });

  // What fills in forms for people may tell of a change alone.
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, ({ target }) => {
      if (!isWritten(target) || typed.get(target.name) === target.value) return;
      typed.set(target.name, target.value);
      put(target.name);
    });
  }

  function isWritten(field) {
    return field instanceof HTMLTextAreaElement;
  }

  // Keys 1–5 and 0 rate the statement that has the focus and go on to the next one.
  form.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (target.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (!/^[0-5]$/.test(key)) return;
    event.preventDefault();
    const chosen = [...form.elements[target.name]].find((radio) => radio.value === key);
    chosen.checked = true;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    const rails = [...form.querySelectorAll(".rating-row")];
    const next = rails[rails.indexOf(target.closest(".rating-row")) + 1];
    (next ? entrance(next) : chosen).focus();
  });

  function entrance(rail) {
    return rail.querySelector(":checked") ?? rail.querySelector("input");
  }

  // The whole page is posted: wait for the connection first, so that nothing is lost on the way.
  form.addEventListener("submit", async (event) => {
    const field = form.elements.csrfmiddlewaretoken;
    field.value = token() || field.value;
    if (leaving || !waiting.size) {
      leaving = true;
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    leaving = (await flush()) || isElsewhere; // then the server keeps what was entered until they have come back
    if (leaving) form.requestSubmit(submitter);
  });

  // Only what the server does not have yet: what it has may have been changed on another device since.
  form.addEventListener("formdata", ({ formData }) => {
    if (!leaving) return;
    const asked = [...form.querySelectorAll("input[type=radio], input[type=checkbox], textarea")];
    for (const name of new Set(asked.map((field) => field.name))) {
      if (!waiting.has(name) && !refused.has(name)) formData.delete(name);
    }
  });

  // A visit by a shared link that nobody touches gives way, once all is saved. What cannot be saved keeps it here.
  document.addEventListener("visit:rest", (event) => {
    if (waiting.size || refused.size) event.preventDefault();
    if (waiting.size) flush();
    leaving ||= !event.defaultPrevented;
  });

  // What waits for company leaves with the page. What could not be sent, or not be taken, or is too long for a page that
  // closes, would be lost.
  window.addEventListener("beforeunload", (event) => {
    if (leaving) return;
    const more = hasNews() ? bodyOf(waiting).length : 0;
    const isAtRisk = waiting.size && (words.state === "lost" || flying + more >= KEEPALIVE);
    if (isAtRisk || refused.size) event.preventDefault();
    else leave();
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", () => {
    leaving = false;
    count();
    if (waiting.size) flush();
  });
  window.addEventListener("online", () => waiting.size && flush());
  window.addEventListener("focus", () => waiting.size && flush());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leave();
    else if (waiting.size) flush();
  });

  // --- on arrival ---

  // What was given before this script came has told nobody yet: it waits like the rest.
  function wasTouched({ type, checked, defaultChecked, value, defaultValue }) {
    return type === "textarea" ? value !== defaultValue : /radio|checkbox/.test(type) && checked !== defaultChecked;
  }
  const early = new Set([...form.elements].filter(wasTouched).map(({ name }) => name));
  early.forEach(put);

  const stored = status.querySelector("time");
  if (stored) stored.textContent = clock(new Date(stored.dateTime));
  // A statement named in the address takes the focus. The browser goes there itself in a frame after loading, and takes
  // away what has the focus by then: so not before the next but one.
  window.addEventListener("load", () => {
    const wanted = location.hash && document.getElementById(location.hash.slice(1));
    if (!wanted || !form.contains(wanted)) return;
    const taken = wanted.matches(".rating-row") ? entrance(wanted) : wanted;
    requestAnimationFrame(() => requestAnimationFrame(() => taken.focus()));
  });
})();
