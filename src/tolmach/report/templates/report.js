"use strict";
// The filter, and details that open when a link leads into them. Without script all names are shown.
(() => {
  const reveal = () => {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return;
    }
    if (!target) return;
    const entry = target.closest("[data-key]");
    if (entry && entry.hidden) form.reset();
    for (let outer = target.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
    target.scrollIntoView();
  };

  const form = document.querySelector("form.filter");
  if (form) {
    const entries = [...document.querySelectorAll("[data-key]")].map((element) => ({
      element,
      counts: element.localName === "article",
      kind: element.dataset.kind,
      key: element.dataset.key,
      classes: element.dataset.classes.split(" ").filter((one) => one !== "main"),
      sources: element.dataset.sources.split(" "),
    }));
    const all = entries.filter((entry) => entry.counts).length;
    const told = form.querySelector("output");
    const fold = (text) =>
      text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").split(/\s+/u).filter(Boolean).join(" ");

    const mark = (source) => {
      for (const cell of document.querySelectorAll(".chosen")) cell.classList.remove("chosen");
      if (!source) return;
      for (const cell of document.querySelectorAll(`.matrix .s${source}`)) cell.classList.add("chosen");
    };

    const apply = () => {
      const classes = new Set([...form.querySelectorAll("[name=class]:checked")].map((box) => box.value));
      const search = fold(form.elements.search.value);
      const kind = form.elements.kind.value;
      const source = form.elements.source.value;
      let shown = 0;
      for (const entry of entries) {
        const fits =
          (!kind || entry.kind === kind) &&
          (!source || entry.sources.includes(source)) &&
          (!search || entry.key.includes(search)) &&
          entry.classes.some((one) => classes.has(one));
        if (entry.element.hidden === fits) entry.element.hidden = !fits;
        if (fits && entry.counts) shown += 1;
      }
      mark(source);
      told.value = shown
        ? told.dataset.told.replace("{shown}", shown).replace("{all}", all)
        : told.dataset.none;
    };

    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    apply();
  }
  window.addEventListener("hashchange", reveal);
  reveal();
})();
