// What was typed and not sent is there again when somebody comes back to the page: in this tab, and only as long as what
// is saved is what it was.
(() => {
  const form = document.querySelector("form[data-keep]");
  const note = document.getElementById("kept");
  if (!form || !note) return;
  const key = `typed ${location.pathname}`;
  const hidden = new Set(["csrfmiddlewaretoken", "stood", "seen"]);
  const stood = () => form.elements.stood?.value ?? "";
  const fields = () => [...form.elements].filter((each) => each.name && each.type !== "submit" && !hidden.has(each.name));
  const isChoice = (field) => ["checkbox", "radio"].includes(field.type);

  function keep() {
    const typed = [...new FormData(form)].filter(([name, value]) => !hidden.has(name) && typeof value === "string");
    sessionStorage.setItem(key, JSON.stringify({ stood: stood(), typed }));
  }

  function bringBack(typed) {
    const left = typed.map(([name, value]) => `${name}=${value}`);
    for (const field of fields()) {
      if (isChoice(field)) field.checked = left.includes(`${field.name}=${field.value}`);
      else field.value = typed.find(([name]) => name === field.name)?.[1] ?? "";
    }
    note.hidden = false;
  }

  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (kept?.stood === stood()) bringBack(kept.typed);
  else sessionStorage.removeItem(key);

  form.addEventListener("input", keep);
  form.addEventListener("submit", () => sessionStorage.removeItem(key));
  note.querySelector("button").addEventListener("click", () => {
    sessionStorage.removeItem(key);
    form.reset();
    note.hidden = true;
  });
})();
