/* Look-ups: ARIA combobox with a listbox that the server draws. Waits 150 ms and for the input method to finish; says whether it asks
   while one types (a number that may go on is not looked up then), or because of Enter or an arrow. A row may stand for asking again. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;

  const enhance = (frame) => {
    const input = frame.querySelector("[role=combobox]");
    const list = frame.querySelector("[role=listbox]");
    const panel = frame.querySelector(".lookup-list");
    const status = frame.querySelector(".lookup-count");
    const newcomer = frame.querySelector(".lookup-new");
    const kept = frame.querySelector("[data-lookup-value]");
    if (!input || !list || !kept) return;
    let at = -1, timer = 0, asked = 0, composing = false, chosen = input.value;

    const options = () => [...list.querySelectorAll("[role=option]")];
    const close = () => { panel.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const point = (number) => {
      const rows = options();
      if (!rows.length) return;
      at = (number + rows.length) % rows.length;
      rows.forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
      input.setAttribute("aria-activedescendant", rows[at].id);
      rows[at].scrollIntoView({ block: "nearest" });
    };
    const choose = (row) => {
      if (!row) return;
      if ("ask" in row.dataset) { ask(); return; }
      kept.value = row.dataset.value;
      input.value = chosen = row.dataset.words;
      close();
      kept.dispatchEvent(new Event("change", { bubbles: true }));
      frame.dispatchEvent(new CustomEvent("lookup:chosen", { bubbles: true, detail: { ...row.dataset } }));
    };
    const show = (html) => {
      list.innerHTML = html;
      at = -1;
      options().forEach((row, index) => { row.id = `${list.id}-${index}`; });
      const found = options().filter((row) => !("new" in row.dataset || "ask" in row.dataset)).length;
      status.textContent = found ? words.found.replace("{n}", found) : words.none;
      const fresh = list.querySelector("[data-new]");
      newcomer.hidden = !fresh;
      if (fresh) newcomer.lastElementChild.textContent = fresh.dataset.words;
      panel.hidden = false;
      input.setAttribute("aria-expanded", "true");
      if (found || list.querySelector("[data-ask]")) point(0);
    };
    const ask = async (typing) => {
      const query = input.value.trim();
      if (!query) { close(); return; }
      const number = ++asked;
      try {
        const answer = await fetch(...request(query, typing));
        if (!answer.ok) throw new Error(String(answer.status));
        const html = await answer.text();
        if (number === asked && document.activeElement === input) show(html);
      } catch {
        if (number !== asked) return;
        list.innerHTML = "";
        status.textContent = words.broken;
        panel.hidden = false;
      }
    };
    const request = (query, typing) => {
      const asked = typing ? { q: query, typing: "1" } : { q: query };
      if (frame.dataset.method !== "post") {
        const url = new URL(frame.dataset.lookup, location.href);
        for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
        return [url, { headers: { "X-Requested-With": "lookup" } }];
      }
      const token = (input.form && input.form.querySelector("[name=csrfmiddlewaretoken]")) || document.querySelector("[name=csrfmiddlewaretoken]");
      return [frame.dataset.lookup, { method: "POST", headers: { "X-CSRFToken": token ? token.value : "", "X-Requested-With": "lookup" }, body: new URLSearchParams(asked) }];
    };
    const later = () => { clearTimeout(timer); timer = setTimeout(ask, 150, true); };

    input.addEventListener("compositionstart", () => { composing = true; });
    input.addEventListener("compositionend", () => { composing = false; later(); });
    input.addEventListener("input", () => {
      if (input.value !== chosen) kept.value = "";
      if (!composing) later();
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229) return;
      const open = !panel.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (open) point(at + (event.key === "ArrowDown" ? 1 : -1)); else ask();
      } else if (event.key === "Enter" && open && !event.ctrlKey) {
        event.preventDefault();
        clearTimeout(timer);
        choose(event.shiftKey ? list.querySelector("[data-new]") : options()[at]);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        event.stopPropagation();
        close();
      }
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => choose(event.target.closest("[role=option]")));
    input.addEventListener("blur", close);
  };
  const start = (from) => from.querySelectorAll("[data-lookup]:not([data-ready])").forEach((frame) => { frame.dataset.ready = "yes"; enhance(frame); });
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));
})();
