"""The style sheet, the tool bar and the script of the bitext page."""

from __future__ import annotations

# System fonts only, all of which have the precomposed letters of Vietnamese.
STYLE = """
:root {
  --paper: #fcfcfa; --ink: #1f2933; --soft: #5d6975; --line: #e3e5e3; --tool: #f3f4f1;
  --accent: #2f5d8a; --high: #3b8457; --middle: #b98300; --low: #c2452f; --track: #e6e8e6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16191d; --ink: #e4e7ea; --soft: #9ba6b1; --line: #2b3138; --tool: #1d2126;
    --accent: #8dbbe8; --high: #67b98a; --middle: #dcae4a; --low: #e8806c; --track: #2f363e;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 0 2rem 4rem; max-width: 88rem; background: var(--paper);
  color: var(--ink); line-height: 1.6;
  font-family: "Segoe UI", system-ui, -apple-system, "Noto Sans", "Helvetica Neue", sans-serif;
}
p { margin: 0; }
a { color: var(--accent); }
[hidden] { display: none !important; }
.top { padding: 2.5rem 0 1.25rem; }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; font-weight: 600; letter-spacing: -.01em; }
.summary, .relation { color: var(--soft); font-size: .9rem; }
.relation b { font-weight: 600; color: var(--ink); }
.tools {
  position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem 1.5rem;
  align-items: center; margin: 0 -1rem; padding: .6rem 1rem; font-size: .9rem;
  background: var(--tool); border: 1px solid var(--line); border-radius: .5rem;
}
.tools label { display: flex; align-items: center; gap: .5rem; }
.tools input[type=search] {
  width: 16rem; max-width: 100%; padding: .35rem .6rem; font: inherit; color: inherit;
  background: var(--paper); border: 1px solid var(--line); border-radius: .35rem;
}
.tools input { accent-color: var(--accent); }
.tools output { min-width: 3.2em; font-variant-numeric: tabular-nums; }
.tools .shown { margin-left: auto; color: var(--soft); }
nav { margin-top: 1rem; font-size: .9rem; }
nav summary { cursor: pointer; color: var(--soft); }
.contents { margin: .5rem 0; padding-left: 2.5rem; }
section { margin-top: 2.5rem; }
.heading { padding-bottom: .75rem; }
h2 { margin: 0; font-size: 1.1rem; font-weight: 600; overflow-wrap: anywhere; }
h2 .arrow { color: var(--soft); font-weight: 400; }
.columns, .unit {
  display: grid; column-gap: 2rem; grid-template-columns: 2.5rem 1fr 1fr 8.5rem;
}
.columns {
  padding-bottom: .35rem; border-bottom: 2px solid var(--line);
  color: var(--soft); font-size: .8rem; letter-spacing: .03em;
}
.units { margin: 0; padding: 0; list-style: none; }
.unit { padding: .7rem 0; border-bottom: 1px solid var(--line); }
.unit:target { background: var(--tool); box-shadow: -.5rem 0 var(--tool), .5rem 0 var(--tool); }
.vi, .en { grid-row: 1; overflow-wrap: break-word; min-width: 0; }
.vi { grid-column: 2; }
.en { grid-column: 3; }
.place, .confidence { grid-row: 1; line-height: 1.6rem; font-variant-numeric: tabular-nums; }
.place { grid-column: 1; color: var(--soft); font-size: .8rem; text-decoration: none; }
.place:hover { color: var(--accent); text-decoration: underline; }
.confidence {
  grid-column: 4; display: flex; flex-wrap: wrap; align-content: flex-start; align-items: center;
  column-gap: .6rem; font-size: .85rem;
}
.bar { width: 3.5rem; height: .4rem; border-radius: .2rem; background: var(--track); }
.bar i { display: block; height: 100%; border-radius: inherit; background: var(--soft); }
.high .bar i { background: var(--high); }
.middle .bar i { background: var(--middle); }
.low .bar i { background: var(--low); }
.number { min-width: 3.2em; text-align: right; }
.shape { color: var(--soft); font-size: .75rem; }
.evidence {
  grid-row: 2; grid-column: 2 / 4; margin: .3rem 0 0; padding: 0; list-style: none;
  color: var(--soft); font-size: .78rem; line-height: 1.45;
}
.evidence li { display: inline; }
.evidence li + li::before { content: " · "; }
.null .vi, .null .en, .null .confidence { color: var(--soft); }
.absent { font-style: italic; font-size: .9rem; }
@media screen and (max-width: 44rem) {
  body { padding: 0 1rem 3rem; }
  html { scroll-padding-top: 1rem; }
  .tools { position: static; margin: 0; }
  .tools .shown { margin-left: 0; }
  .columns { display: none; }
  .units { border-top: 2px solid var(--line); }
  .unit { grid-template-columns: 2rem 1fr; column-gap: .5rem; row-gap: .35rem; }
  .vi, .en, .evidence, .confidence { grid-column: 2 !important; grid-row: auto; }
  .confidence { order: -1; }
  .place { grid-row: 1; }
  .en { padding-left: .75rem; border-left: 2px solid var(--line); }
}
@media print {
  :root {
    --paper: #fff; --ink: #000; --soft: #555; --line: #bbb; --tool: #fff; --accent: #000;
    --high: #3b8457; --middle: #b98300; --low: #c2452f; --track: #ddd;
  }
  @page { margin: 15mm; }
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; line-height: 1.45; }
  .top { padding-top: 0; }
  .tools, nav { display: none; }
  .columns, .unit { column-gap: 1rem; grid-template-columns: 1.8rem 1fr 1fr 6.5rem; }
  .unit, .heading { break-inside: avoid; }
  .heading, .columns { break-after: avoid; }
  .bar { width: 2rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .bar i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""

# Hidden until the script runs, because the controls do nothing without it.
TOOLS = """<form class="tools" role="search" hidden>
<label>Search <input type="search" id="words" placeholder="ha noi, minister …"></label>
<label>Confidence from <input type="range" id="least" min="0" max="100" step="5" value="0">
<output for="least" id="least-shown">0 %</output></label>
<label><input type="checkbox" id="matched"> Hide rows without counterpart</label>
<span class="shown" id="shown" role="status"></span>
</form>"""

SCRIPT = """
(() => {
  "use strict";
  const by = id => document.getElementById(id);
  // "đ" is a letter of its own, not a "d" with an accent: normalize() leaves it alone.
  const fold = text => text.normalize("NFD").replace(/\\p{M}/gu, "").replace(/[đĐ]/g, "d")
    .toLowerCase().replace(/\\s+/g, " ").trim();
  const rows = [...document.querySelectorAll(".unit")].map(element => ({
    element,
    isNull: element.classList.contains("null"),
    percent: Math.round(Number(element.dataset.confidence) * 100),
    words: null,
  }));
  const texts = "p[lang]:not(.absent), .evidence li";
  const wordsOf = row => row.words ??= fold(
    [...row.element.querySelectorAll(texts)].map(part => part.textContent).join("\\n"));
  const show = () => {
    const words = fold(by("words").value), least = Number(by("least").value);
    by("least-shown").value = least + " %";
    let shown = 0;
    for (const row of rows) {
      // A row without counterpart has no translation to be sure of: the slider passes it by.
      const wanted = row.isNull ? !by("matched").checked : row.percent >= least;
      const visible = wanted && (!words || wordsOf(row).includes(words));
      row.element.hidden = !visible;
      shown += visible;
    }
    for (const section of document.querySelectorAll("section")) {
      section.hidden = shown < rows.length && !section.querySelector(".unit:not([hidden])");
    }
    const [some, all] = [shown, rows.length].map(number => number.toLocaleString("en"));
    by("shown").textContent = `${some} of ${all} rows`;
  };
  const tools = document.querySelector(".tools");
  let waiting;
  tools.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 100);
  });
  tools.addEventListener("submit", event => event.preventDefault());
  tools.hidden = false;
  show();
})();
"""
