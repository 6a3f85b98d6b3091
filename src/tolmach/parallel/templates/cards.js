"use strict";
// A term shows its entry of the list below the text: on hover, on keyboard focus, on touch. Without script its link leads there.
(() => {
  const gap = 6;
  const edge = 8;
  const card = document.createElement("div");
  card.className = "card floating screen-only";
  card.setAttribute("role", "tooltip");
  card.hidden = true;
  document.body.append(card);
  let term = null;
  let leaving = 0;
  let coming = 0;

  const hide = () => {
    clearTimeout(leaving);
    clearTimeout(coming);
    term = null;
    card.hidden = true;
  };

  const place = () => {
    card.style.left = card.style.top = "0";
    card.style.maxHeight = "none";
    const mark = term.getBoundingClientRect();
    const box = card.getBoundingClientRect();
    const page = document.documentElement;
    const roomBelow = page.clientHeight - mark.bottom - gap - edge;
    const roomAbove = mark.top - gap - edge;
    const below = box.height <= roomBelow || roomBelow >= roomAbove;
    const height = Math.min(box.height, Math.max(below ? roomBelow : roomAbove, 80));
    const left = Math.max(edge, Math.min(term.getClientRects()[0].left, page.clientWidth - box.width - edge));
    card.style.maxHeight = `${height}px`;
    card.style.left = `${window.scrollX + left}px`;
    card.style.top = `${window.scrollY + (below ? mark.bottom + gap : mark.top - gap - height)}px`;
  };

  const show = (next) => {
    clearTimeout(leaving);
    clearTimeout(coming);
    const entry = document.getElementById(next.getAttribute("aria-describedby"));
    if (next === term || !entry) return;
    term = next;
    card.replaceChildren(...entry.cloneNode(true).childNodes);
    card.scrollTop = 0;
    card.hidden = false;
    place();
  };

  const termAt = (event) => (event.target instanceof Element ? event.target.closest("a.term") : null);
  const onCard = (event) => event.target instanceof Node && card.contains(event.target);

  document.addEventListener("mouseover", (event) => {
    const next = termAt(event);
    // A pointer on its way across the text rests on none of them.
    if (next) coming = setTimeout(show, 150, next);
    else if (onCard(event)) clearTimeout(leaving);
    if (next === term) clearTimeout(leaving);
  });
  document.addEventListener("mouseout", (event) => {
    clearTimeout(coming);
    if (!(termAt(event) || onCard(event)) || (term && term === document.activeElement)) return;
    clearTimeout(leaving);
    leaving = setTimeout(hide, 250);
  });
  document.addEventListener("focusin", (event) => {
    const next = termAt(event);
    if (next) show(next);
    else if (!onCard(event)) hide();
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = termAt(event);
    if (next) {
      event.preventDefault();
      show(next);
    } else if (!onCard(event)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  window.addEventListener("resize", hide);
})();
