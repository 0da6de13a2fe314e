/* Keys of the desk. Single keys rest while one types or an input method composes, and can be switched off. */
(() => {
  "use strict";
  const root = document.documentElement;
  const typing = (node) => node && (node.isContentEditable || node.matches("textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit])"));
  const all = (selector, from = document) => [...from.querySelectorAll(selector)].filter((node) => node.getClientRects().length > 0);

  // Dialogs: a link with data-dialog opens it here; without a script its address is a page of its own.
  const openDialog = (dialog) => {
    if (!dialog || dialog.open) return;
    dialog.showModal();
    const field = dialog.querySelector("[autofocus], input:not([type=hidden]), textarea, select");
    if (field) field.focus();
  };
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener && document.getElementById(opener.dataset.dialog)) {
      event.preventDefault();
      openDialog(document.getElementById(opener.dataset.dialog));
    }
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog").close();
    const toast = event.target.closest("[data-close-toast]");
    if (toast) toast.closest(".toast").remove();
    if (event.target.closest("[data-print]")) { event.preventDefault(); window.print(); }
    const blocked = event.target.closest("a[aria-disabled=true], button[aria-disabled=true]:not(.is-sending)");
    if (blocked) event.preventDefault();
  });

  // On a phone the places lie in one line that scrolls: the one that is open is shown.
  const rail = document.querySelector(".rail"), here = rail && rail.querySelector("[aria-current]");
  if (here && rail.scrollWidth > rail.clientWidth) rail.scrollLeft = here.offsetLeft - (rail.clientWidth - here.offsetWidth) / 2;

  // Rows: the cursor is the focus on the row's link, so Enter and screen readers need nothing special.
  const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.querySelector("a[href], input, button"));
  const stop = (row) => row.querySelector("[data-open]") || row.querySelector("a[href]") || row.querySelector("input, button");
  const tableAt = () => {
    const here = document.activeElement && document.activeElement.closest("table[data-rows]");
    return here || all("table[data-rows]")[0];
  };
  const move = (by) => {
    const table = tableAt();
    if (!table) return false;
    const rows = rowsOf(table);
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const row = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by))];
    if (!row) return false;
    stop(row).focus();
    row.scrollIntoView({ block: "nearest" });
    return true;
  };
  const open = () => {
    const row = document.activeElement && document.activeElement.closest("table[data-rows] tr");
    const link = row && row.querySelector("a[href]") && stop(row);
    if (link) link.click();
    return Boolean(link);
  };
  let lastTicked = null;
  const tick = (range) => {
    const row = document.activeElement && document.activeElement.closest("tr");
    const box = row && row.querySelector("input[type=checkbox]");
    if (!box) return false;
    const rows = rowsOf(row.closest("table"));
    if (range && lastTicked) {
      const [a, b] = [rows.indexOf(lastTicked), rows.indexOf(row)].sort((x, y) => x - y);
      for (const other of rows.slice(a, b + 1)) set(other.querySelector("input[type=checkbox]"), true);
    } else set(box, !box.checked);
    lastTicked = row;
    return true;
  };
  const set = (box, on) => {
    if (!box || box.checked === on) return;
    box.checked = on;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Selection: [data-select-all] in the head, [data-bulk] shows [data-bulk-count].
  const count = (table) => {
    const boxes = rowsOf(table).map((row) => row.querySelector("input[type=checkbox]")).filter(Boolean);
    const ticked = boxes.filter((box) => box.checked).length;
    const head = table.querySelector("[data-select-all]");
    if (head) {
      head.checked = ticked > 0 && ticked === boxes.length;
      head.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    for (const bar of document.querySelectorAll("[data-bulk]")) {
      bar.hidden = ticked === 0;
      for (const number of bar.querySelectorAll("[data-bulk-count]")) number.textContent = ticked;
    }
  };
  document.addEventListener("change", (event) => {
    const table = event.target.closest && event.target.closest("table[data-rows]");
    if (!table || event.target.type !== "checkbox") return;
    if (event.target.matches("[data-select-all]")) for (const row of rowsOf(table)) { const box = row.querySelector("input[type=checkbox]"); if (box) box.checked = event.target.checked; }
    count(table);
  });
  for (const table of document.querySelectorAll("table[data-rows]")) if (table.querySelector("input[type=checkbox]")) count(table);

  const press = (node) => {
    if (node.matches("input, textarea, select")) node.focus();
    else if (node.tagName === "LABEL") { const box = document.getElementById(node.htmlFor); box.click(); box.focus(); }
    else node.click();
  };
  const byKey = (key, from) => all("[data-key]", from).find((node) => node.dataset.key === key || node.dataset.keyToo === key);

  const resize = () => {
    const large = root.classList.toggle("large");
    document.cookie = `desk_size=${large ? "large" : "normal"}; path=/; max-age=31536000; samesite=lax`;
  };

  const submit = () => {
    const form = (document.activeElement && document.activeElement.closest("form")) || document.querySelector("dialog[open] form") || document.querySelector("form[data-main]");
    if (!form || form.matches("[role=search]")) return false;
    form.requestSubmit(form.querySelector(".btn--primary[type=submit]:not([aria-disabled=true])") || undefined);
    return true;
  };

  let going = 0;
  const single = (event, scope) => {
    const key = event.key;
    if (going && Date.now() - going < 1200) {
      going = 0;
      const link = all("[data-go]").find((node) => node.dataset.go === key.toLowerCase());
      if (link) { link.click(); return true; }
      return false;
    }
    if (event.shiftKey && key === "D") { resize(); return true; }
    if (key === "?") { openDialog(document.getElementById("shortcuts")); return true; }
    if (scope === document) {
      if (key === "/") { const search = document.querySelector("[data-search]"); if (search) { search.focus(); search.select(); } return Boolean(search); }
      if (key === "g") { going = Date.now(); return true; }
      if (key === "j" && move(1)) return true;
      if (key === "k" && move(-1)) return true;
      if (key === "o" && open()) return true;
      if (key.toLowerCase() === "x" && tick(event.shiftKey)) return true;
    }
    const node = byKey(key, scope);
    if (node) { press(node); return true; }
    return false;
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
    const scope = document.querySelector("dialog[open]") || document;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { if (submit()) event.preventDefault(); return; }
    if (event.ctrlKey && event.key === "z" && !typing(event.target)) { const undo = byKey("Ctrl z", scope); if (undo) { event.preventDefault(); press(undo); } return; }
    if (event.key === "Escape") { escape(event, scope); return; }
    if (event.altKey && /^[1-9]$/.test(event.key)) {
      const field = document.querySelector(`[data-num="${event.key}"]`);
      if (field) { event.preventDefault(); field.focus(); }
      return;
    }
    if (/^F\d+$/.test(event.key)) { const node = byKey(event.key, scope); if (node) { event.preventDefault(); press(node); } return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || root.dataset.keys === "off") return;
    if (single(event, scope)) event.preventDefault();
  });

  // A form that is filled in begins in its first field; Escape leaves the page as long as nothing was typed there.
  let begun = null;
  const begin = () => {
    const form = document.querySelector("form[data-begin]");
    const elsewhere = location.hash || document.querySelector("dialog[open], [data-take-focus]") || document.activeElement !== document.body;
    if (!form || elsewhere || matchMedia("(hover: none) and (pointer: coarse)").matches) return;
    begun = all("input:not([type=hidden]):not([type=file]), textarea, select", form).find((node) => !node.disabled && node.tabIndex >= 0) || null;
    if (begun) begun.focus({ preventScroll: true });
  };
  begin();
  document.addEventListener("input", () => { begun = null; });

  const escape = (event, scope) => {
    if (scope !== document) return; // the dialog closes itself
    if (document.activeElement !== begun && typing(document.activeElement)) { document.activeElement.blur(); return; }
    const way = byKey("Escape", document);
    if (way) { event.preventDefault(); press(way); }
  };
})();
