// From the number of a sentence, arrows lead to the next and the one before; a link to a sentence that the filter hides shows all.
(() => {
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
  window.addEventListener("hashchange", reveal);
  reveal();
})();
