/* Small helps for desk pages; everything works without them. */
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) { event.preventDefault(); window.print(); return; }
    // A look at the paper opens beside; the form stays ready to be sent.
    const look = event.target.closest("[data-no-guard]");
    if (look && look.form) {
      look.form.setAttribute("data-again", "");
      setTimeout(() => look.form.removeAttribute("data-again"), 0);
    }
  });

  // A matter opened from a list knows its neighbours there and the way back; this window alone keeps the order.
  const LIST = "desk-list", BACK = "desk-back";
  const kept = (name) => { try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; } };
  const keep = (name, value) => { try { sessionStorage.setItem(name, JSON.stringify(value)); } catch { /* full or forbidden: only the neighbours are missing */ } };
  const rows = () => [...document.querySelectorAll("table[data-rows] a[data-open]")].map((link) => link.pathname);
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[data-open]")) keep(LIST, { from: location.pathname + location.search, rows: rows() });
    if (event.target.closest("a[data-back]")) keep(BACK, location.pathname);
  });
  const list = kept(LIST), frame = document.querySelector("[data-neighbours]"), back = document.querySelector("a[data-back]");
  const at = frame && list ? list.rows.indexOf(location.pathname) : -1;
  if (at >= 0) {
    back.href = list.from;
    for (const [key, path] of [["[", list.rows[at - 1]], ["]", list.rows[at + 1]]]) {
      const link = frame.querySelector(`[data-key="${key}"]`);
      if (path) link.href = path; else link.setAttribute("aria-disabled", "true");
    }
    const place = frame.querySelector("[data-place]");
    place.textContent = place.dataset.place.replace("{n}", at + 1).replace("{all}", list.rows.length);
    frame.hidden = list.rows.length < 2;
  }
  // Back on the list the cursor stands where one left it.
  const left = kept(BACK);
  if (left && !frame) {
    sessionStorage.removeItem(BACK);
    const link = [...document.querySelectorAll("table[data-rows] a[data-open]")].find((each) => each.pathname === left);
    if (link) link.focus();
  }
})();
