// From the number of a sentence, arrows lead to the next and the one before; a link to a sentence that the filter hides shows all.
// What is at the top of the window stays there when a language or the filter is switched.
(() => {
  const root = document.documentElement;
  const bar = document.querySelector(".bar");
  const only = document.getElementById("only-findings");
  const numbers = [...document.querySelectorAll("tbody .number a")];
  const isShown = (link) => link.getClientRects().length > 0;

  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const row = id ? document.getElementById(id) : null;
    if (!only || !only.checked || !row || row.getClientRects().length) return;
    only.checked = false;
    row.scrollIntoView();
  };

  const beside = (link, step) => {
    let place = numbers.indexOf(link) + step;
    while (numbers[place] && !isShown(numbers[place])) place += step;
    return numbers[place];
  };

  const goals = {
    ArrowDown: (link) => beside(link, 1),
    ArrowUp: (link) => beside(link, -1),
    Home: () => numbers.find(isShown),
    End: () => numbers.findLast(isShown),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !goals[event.key]) return;
    const link = event.target instanceof Element ? event.target.closest("tbody .number a") : null;
    const next = link ? goals[event.key](link) : null;
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.closest("tr").scrollIntoView({ block: "nearest" });
  });
  const isSticky = () => getComputedStyle(bar).position === "sticky";
  const measure = () => root.style.setProperty("--bar", isSticky() ? `${bar.offsetHeight}px` : "0px");
  measure();
  new ResizeObserver(measure).observe(bar);
  window.addEventListener("hashchange", reveal);
  reveal();

  let top = null;
  const below = () => document.querySelector("thead").getBoundingClientRect().bottom;
  const remember = () => {
    const found = document.elementsFromPoint(root.clientWidth / 2, below() + 2).map((one) => one.closest("tbody tr"));
    const link = found.find(Boolean)?.querySelector(".number a");
    const placed = [link, link && beside(link, 1)].filter(Boolean).map((one) => one.closest("tr"));
    const places = placed.map((row) => ({ row, place: row.getBoundingClientRect().top }));
    top = window.scrollY ? (places.find(({ place }) => place >= below() - 1) ?? places[0]) : null;
  };
  const keep = () => {
    if (!top) return;
    const links = numbers.slice(numbers.indexOf(top.row.querySelector(".number a")));
    const row = links.find(isShown)?.closest("tr");
    const place = row === top.row ? top.place : below();
    // Rows that come into sight change their height: until that is over.
    const settle = (frames) => {
      window.scrollBy(0, row.getBoundingClientRect().top - place);
      if (frames) requestAnimationFrame(() => settle(frames - 1));
    };
    if (row) settle(5);
  };
  bar.addEventListener("pointerdown", remember);
  bar.addEventListener("keydown", remember);
  bar.addEventListener("change", keep);
})();
