// Draws a figure over its table when somebody asks for it; Plotly is fetched when a pointer or the focus comes to the
// button. The table stays in the page for screen readers, and in sight when anything fails.
"use strict";

(() => {
  const source = document.currentScript.dataset.plotly;
  let plotly; // what becomes of fetching it
  const turns = new WeakMap(); // chart → its last drawing, which the next one waits for
  const narrow = window.matchMedia("(max-width: 767.98px)");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const config = {
    displayModeBar: false,
    displaylogo: false,
    modeBarButtonsToRemove: ["sendChartToCloud"],
    plotlyServerURL: "",
    responsive: true,
    showTips: false,
  };

  function plotlyIsThere() {
    return (plotly ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => {
        plotly = undefined; // the next to ask tries again
        script.remove();
        reject(new Error("Plotly did not come."));
      });
      document.head.append(script);
    }));
  }

  async function load(chart) {
    const answer = await fetch(chart.dataset.figure, { headers: { Accept: "application/json" } });
    if (answer.status !== 200) throw new Error(`The figure is not there (${answer.status}).`);
    return answer.text();
  }

  // A figure names the page's colours as style sheets do: "var(--t-ink)". They are looked up whenever it is drawn.
  function figureIn(text) {
    const colours = getComputedStyle(document.documentElement);
    return JSON.parse(text, (_key, value) => {
      const name = typeof value === "string" && value.match(/^var\((--[\w-]+)\)$/)?.[1];
      return name ? colours.getPropertyValue(name).trim() : value;
    });
  }

  function fonts() {
    return Promise.all(["400 14px", "600 17px"].map((font) => document.fonts.load(`${font} "Source Sans 3"`)));
  }

  // The place has the height of the figure: Plotly measures it when the window changes, and would find none.
  function layoutIn(place, figure) {
    const { meta, ...wide } = figure.layout;
    const layout = narrow.matches ? { ...wide, ...meta.narrow } : wide;
    place.style.height = `${layout.height}px`;
    return layout;
  }

  async function draw(chart) {
    if (chart.dataset.drawn) return;
    const place = chart.querySelector(".chart-figure");
    try {
      const [text] = await Promise.all([load(chart), fonts(), plotlyIsThere()]);
      const into = (drawing) => {
        const figure = figureIn(text);
        return drawing(place, figure.data, layoutIn(place, figure), config);
      };
      show(chart, "plot");
      await into(Plotly.newPlot);
      for (const look of [narrow, dark]) look.addEventListener("change", () => into(Plotly.react));
      place.on("plotly_click", ({ points: [point] }) => linkAt(chart, point)?.click());
      chart.dataset.drawn = "yes";
    } catch {
      show(chart, "table");
    }
  }

  function linkAt(chart, { x, y }) {
    return chart.querySelectorAll("tbody tr")[y].querySelectorAll("td")[x].querySelector("a");
  }

  function show(chart, what) {
    const table = what === "table";
    chart.querySelector(".chart-plot").hidden = table;
    chart.querySelector(".chart-table").classList.toggle("visually-hidden", !table);
    // Out of sight, a link is reached by a screen reader and through the figure, not by the tab key.
    for (const link of chart.querySelectorAll(".chart-table a")) link.tabIndex = table ? 0 : -1;
    label(chart.querySelector(".chart-switch"), table);
    if (!table && chart.dataset.drawn) Plotly.Plots.resize(chart.querySelector(".chart-figure"));
  }

  // The button names where it leads.
  function label(button, table) {
    button.dataset.figure ??= button.textContent;
    button.textContent = table ? button.dataset.figure : button.dataset.table;
  }

  // One drawing after the other: a worker may have made the figure anew meanwhile.
  function drawInTurn(chart) {
    turns.set(chart, Promise.resolve(turns.get(chart)).then(() => draw(chart)));
  }

  for (const reached of ["pointerover", "focusin"]) {
    document.addEventListener(reached, (event) => {
      if (event.target.closest(".chart-switch")) plotlyIsThere().catch(() => {});
    });
  }
  document.addEventListener("click", (event) => {
    const chart = event.target.closest(".chart-switch")?.closest(".chart");
    if (!chart) return;
    const wanted = (chart.dataset.wanted = chart.querySelector(".chart-plot").hidden ? "yes" : "");
    if (!wanted) show(chart, "table");
    else if (chart.dataset.drawn) show(chart, "plot");
    else drawInTurn(chart);
  });
  document.addEventListener("job-done", () => {
    for (const chart of document.querySelectorAll('.chart[data-wanted="yes"]')) drawInTurn(chart);
  });
  for (const button of document.querySelectorAll(".chart[data-figure] .chart-switch")) button.hidden = false;
})();
