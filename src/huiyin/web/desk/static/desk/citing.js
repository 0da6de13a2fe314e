/* @ and a number or a word, typed in a step's form, offers the articles of the Regulations and writes the chosen one out.
   Without this script an @ is an @. */
(() => {
  "use strict";
  const panel = document.querySelector("[data-cite]");
  const form = panel && document.querySelector("form[data-main]");
  if (!form) return;
  const list = panel.querySelector("[role=listbox]");
  const every = [...list.querySelectorAll("[role=option]")];
  const asks = (node) => node.matches("textarea, input[type=text]") && form.contains(node);
  let field = null, rows = [], at = 0;

  const close = () => {
    if (!field) return;
    panel.hidden = true;
    field.removeAttribute("aria-activedescendant");
    field.removeAttribute("aria-controls");
    field = null;
  };
  const point = (number) => {
    at = (number + rows.length) % rows.length;
    every.forEach((row) => row.setAttribute("aria-selected", String(row === rows[at])));
    field.setAttribute("aria-activedescendant", rows[at].id);
    rows[at].scrollIntoView({ block: "nearest" });
  };
  const asked = (node) => /[@＠]([^\s@＠，。；：、]{0,12})$/u.exec(node.value.slice(0, node.selectionStart));
  const offer = (node) => {
    const found = asked(node);
    const wanted = found ? found[1].toLowerCase() : "";
    rows = found ? every.filter((row) => /^\d+$/.test(wanted) ? row.dataset.foundBy.startsWith(wanted) : row.dataset.foundBy.includes(wanted)) : [];
    if (!rows.length) { close(); return; }
    if (field !== node) {
      close();
      field = node;
      (node.closest(".control") || node.parentElement).append(panel);
      field.setAttribute("aria-controls", list.id);
    }
    every.forEach((row) => { row.hidden = !rows.includes(row); });
    panel.hidden = false;
    point(0);
  };
  const choose = (row) => {
    const found = asked(field), end = field.selectionStart, node = field;
    if (!row || !found) return;
    close();
    node.setRangeText(row.dataset.words, end - found[0].length, end, "end");
    node.dispatchEvent(new Event("input", { bubbles: true }));
  };

  form.addEventListener("input", (event) => { if (asks(event.target) && !event.isComposing) offer(event.target); });
  form.addEventListener("compositionend", (event) => { if (asks(event.target)) offer(event.target); });
  form.addEventListener("focusout", close);
  form.addEventListener("keydown", (event) => {
    if (!field || event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") point(at + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) choose(rows[at]);
    else if (event.key === "Escape") { event.stopPropagation(); close(); }
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => choose(event.target.closest("[role=option]")));
})();
