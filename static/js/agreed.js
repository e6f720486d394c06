"use strict";
// Saves what was agreed line by line as it is written, and says so. What has not arrived stands in its field, and is sent
// again until it has. The other window of the same slides shows it at once.
(() => {
  const TYPING = 900; // ms without a key before a line is sent
  const GIVE_UP = 15000; // ms for one request
  const RETRY = { first: 2000, most: 30000 };
  const GROWS = CSS.supports("field-sizing", "content"); // by themselves, with what is written into them
  const FIELDS = ["what", "who", "day"];

  for (const form of document.querySelectorAll("form.agreed")) begin(form);

  function begin(form) {
    const rows = [...form.querySelectorAll(".agreed-row")];
    const state = form.querySelector(".agreed-state");
    const save = form.querySelector("[type=submit]");
    const add = form.querySelector("[data-add]");
    const channel = "BroadcastChannel" in window ? new BroadcastChannel(`agreed ${form.getAttribute("action")}`) : null;
    const waiting = new Set(); // rows that the server does not have as they stand here
    const refused = new Set(); // rows that it could not take as they are
    let typing = null;
    let again = null;
    let pause = RETRY.first;
    let isSending = false;

    const field = (row, name) => form.elements[`${name}_${row.dataset.line}`];
    const values = (row) => FIELDS.map((name) => field(row, name).value);
    const isEmpty = (row) => values(row).every((value) => !value.trim());
    // A name or a day alone is not a line yet: it waits for what is to be done.
    const isPart = (row) => !isEmpty(row) && !field(row, "what").value.trim() && !field(row, "seen").value;
    const token = () => document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1] ?? "";

    // --- what it says ---

    function say(text, isLost = false) {
      if (state.firstChild?.data === text && state.childNodes.length === 1) return;
      state.textContent = text;
      state.classList.toggle("is-lost", isLost);
    }

    function sayStored() {
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      say(refused.size ? "" : form.dataset.saved.replace("{time}", time));
    }

    function explain(row, sentences) {
      const place = row.querySelector(".agreed-problem");
      if (sentences.length || !place.querySelector("button")) place.textContent = sentences.join(" ");
      field(row, "what").setAttribute("aria-invalid", String(sentences.length > 0));
      if (sentences.length) refused.add(row);
      else refused.delete(row);
      save.hidden = !refused.size;
      grown();
    }

    function grown() {
      const free = rows.filter((row) => row.hidden);
      add.hidden = !free.length;
      for (const row of rows) {
        if (!GROWS) stretch(field(row, "what"));
        row.querySelector("[data-take-away]").hidden = isEmpty(row) && !field(row, "seen").value;
      }
      form.querySelector("[data-letter]").hidden = !rows.some((row) => field(row, "seen").value);
      document.dispatchEvent(new CustomEvent("agreed:grown"));
    }

    function stretch(what) {
      what.style.height = "auto";
      what.style.height = `${what.scrollHeight + what.offsetHeight - what.clientHeight}px`;
    }

    // --- sending ---

    function put(row) {
      waiting.add(row);
      send();
    }

    async function send() {
      clearTimeout(again);
      if (isSending || !waiting.size) return;
      isSending = true;
      const [row] = waiting;
      const sent = values(row);
      say(form.dataset.saving);
      const answer = await post(row);
      isSending = false;
      if (answer?.ok && answer.headers.get("Content-Type")?.includes("json")) await taken(row, sent, await answer.json());
      else await notTaken(answer);
    }

    function post(row) {
      const body = new URLSearchParams();
      for (const name of [...FIELDS, "seen"]) body.set(`${name}_${row.dataset.line}`, field(row, name).value);
      const headers = { "X-CSRFToken": token(), Accept: "application/json" };
      const signal = AbortSignal.timeout(GIVE_UP);
      return fetch(form.action, { method: "POST", body, headers, signal, keepalive: true }).catch(() => null);
    }

    function taken(row, sent, said) {
      const line = said.lines[row.dataset.line];
      field(row, "seen").value = line.seen;
      pause = RETRY.first;
      if (values(row).join("\n") === sent.join("\n")) {
        waiting.delete(row);
        explain(row, line.problems);
        if (!line.problems.length) channel?.postMessage({ line: row.dataset.line, sent, seen: line.seen });
      }
      if (waiting.size) return send();
      return sayStored();
    }

    async function notTaken(answer) {
      if (answer?.status === 403 && !answer.redirected) {
        await fetch(location.href).catch(() => null); // brings a fresh token, where that was it
        if (pause > RETRY.first) return say(form.dataset.refused, true);
      }
      say(answer?.status === 401 ? form.dataset.signedOut : form.dataset.offline, true);
      again = setTimeout(send, pause);
      pause = Math.min(pause * 2, RETRY.most);
      return undefined;
    }

    // --- what people do ---

    function onInput(event) {
      const row = event.target.closest(".agreed-row");
      if (!row) return;
      clearTimeout(typing);
      if (row.querySelector(".agreed-problem button")) row.querySelector(".agreed-problem").textContent = "";
      if (event.target.name.startsWith("what_")) event.target.value = event.target.value.replace(/\n/g, " ");
      grown();
      if (isPart(row)) return;
      waiting.add(row);
      typing = setTimeout(send, event.type === "change" ? 0 : TYPING);
    }

    function more() {
      const row = rows.find((one) => one.hidden);
      if (!row) return;
      row.hidden = false;
      grown();
      field(row, "what").focus();
    }

    function takeAway(row) {
      const before = values(row);
      FIELDS.forEach((name) => (field(row, name).value = ""));
      put(row);
      const back = Object.assign(document.createElement("button"), { type: "button", textContent: form.dataset.putBack });
      back.className = "btn btn-link";
      back.addEventListener("click", () => {
        FIELDS.forEach((name, at) => (field(row, name).value = before[at]));
        put(row);
        grown();
        field(row, "what").focus();
      });
      row.querySelector(".agreed-problem").replaceChildren(form.dataset.takenAway, " ", back);
      grown();
      back.focus();
    }

    form.addEventListener("input", onInput);
    form.addEventListener("change", onInput);
    form.addEventListener("keydown", (event) => {
      const row = event.target.closest(".agreed-row");
      if (event.key !== "Enter" || !row || event.target.matches("button")) return;
      event.preventDefault();
      const next = rows[rows.indexOf(row) + 1];
      if (next && !next.hidden) field(next, "what").focus();
      else more();
    });
    form.addEventListener("click", (event) => {
      if (event.target.closest("[data-take-away]")) takeAway(event.target.closest(".agreed-row"));
      if (event.target === add) more();
    });
    channel?.addEventListener("message", ({ data }) => {
      const row = rows.find((one) => one.dataset.line === data.line) ?? adopted(data.line);
      if (!row || waiting.has(row)) return;
      FIELDS.forEach((name, at) => (field(row, name).value = data.sent[at]));
      field(row, "seen").value = data.seen;
      row.hidden = false;
      explain(row, []);
    });

    // A line that was begun in the other window takes the place of an empty one here.
    function adopted(line) {
      const row = rows.find((one) => isEmpty(one) && !field(one, "seen").value && !one.contains(document.activeElement));
      if (!row) return null;
      const named = [...FIELDS, "seen"].map((name) => [name, field(row, name)]);
      for (const [name, input] of named) input.name = `${name}_${line}`;
      row.dataset.line = line;
      return row;
    }

    // --- the start ---

    for (const row of rows) row.hidden = "more" in row.dataset;
    save.hidden = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      for (const row of refused) waiting.add(row);
      send();
    });
    window.addEventListener("beforeunload", (event) => {
      if (waiting.size || refused.size || rows.some(isPart)) event.preventDefault();
    });
    window.addEventListener("online", send);
    window.addEventListener("focus", send);
    document.addEventListener("slides:shown", () => grown());
    grown();
  }
})();
