// Whoever leaves a page with words or ticks that are not saved is asked first.
(() => {
  let isSaved = true;
  document.addEventListener("input", (event) => {
    if (event.target.form?.matches("[data-unsaved]")) isSaved = false;
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-unsaved]")) isSaved = true;
  });
  addEventListener("beforeunload", (event) => {
    if (!isSaved) event.preventDefault();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) isSaved = true;
  });
})();
