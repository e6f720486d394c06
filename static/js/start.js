"use strict";
// Beside each preset, how long it takes with the spaces chosen. The words come from the table, which is for those
// without script.
(() => {
  const form = document.getElementById("start");
  document.getElementById("lengths").hidden = true;

  function spaces() {
    const chosen = form.querySelectorAll("[name=spaces]:checked, [name=primary_space]:checked");
    return Math.max(new Set([...chosen].map((box) => box.value)).size, 1);
  }

  function show() {
    for (const option of form.querySelectorAll("[name=preset]")) {
      const cell = form.querySelector(`[data-preset="${option.value}"] [data-spaces="${spaces()}"]`);
      option.closest(".choice").querySelector("[data-length]").textContent = cell.dataset.words;
    }
  }

  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
})();
