// The page of a condition as respondents would see it, drawn anew whenever a box is ticked. Nothing is saved.
(() => {
  const form = document.querySelector("[data-preview]");
  const side = form?.querySelector(".builder-preview");
  const frame = side?.querySelector("iframe");
  if (!frame) return;
  const screen = side.querySelector(".builder-screen");
  let width = 390;
  let language = "";
  let newest = 0;

  async function draw() {
    const turn = ++newest;
    try {
      const answer = await fetch(`${form.dataset.preview}?in=${language}`, { method: "POST", body: new FormData(form) });
      const page = await answer.text();
      if (answer.ok && turn === newest) frame.srcdoc = page;
    } catch {
      // without a connection the last picture stays
    }
  }

  function fit() {
    screen.style.setProperty("--screen", `${width + 2}px`);
    const scale = Math.min(1, screen.clientWidth / width);
    frame.style.width = `${width}px`;
    frame.style.height = `${screen.clientHeight / scale}px`;
    frame.style.transform = `scale(${scale})`;
  }

  function choices(kind, choose) {
    const buttons = side.querySelectorAll(`[data-${kind}]`);
    for (const button of buttons) {
      button.addEventListener("click", () => {
        choose(button.dataset[kind]);
        for (const other of buttons) other.setAttribute("aria-pressed", other === button);
      });
    }
  }

  choices("width", (chosen) => {
    width = Number(chosen);
    fit();
  });
  choices("language", (chosen) => {
    language = chosen;
    draw();
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "ask") draw();
  });
  addEventListener("resize", fit);
  side.hidden = false;
  fit();
  draw();
})();
