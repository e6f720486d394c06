"use strict";
// A button that copies the field it names. Without script, or without the right to copy, the field can be selected.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  field.addEventListener("focus", () => field.select());
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value).catch(() => field.select());
    if (document.activeElement !== field) button.textContent = button.dataset.copied;
  });
}
