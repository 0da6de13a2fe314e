/* Forms on both halves: nothing is sent twice, nothing written is lost. Works only on top of plain forms. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  document.documentElement.classList.add("js");

  // A second press while the first is on its way does nothing. The button keeps its name and value: it is never disabled.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-again")) return;
    if (event.submitter && event.submitter.getAttribute("aria-disabled") === "true" && !form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = event.submitter || form.querySelector("[type=submit]");
    if (button && button.classList.contains("btn")) {
      button.dataset.words = button.innerHTML;
      button.textContent = words.sending;
      button.classList.add("is-sending");
      button.setAttribute("aria-disabled", "true");
    }
  });
  // A look ahead has nothing left to show once the form is sent.
  for (const name of ["htmx:beforeRequest", "htmx:beforeOnLoad"]) {
    document.addEventListener(name, (event) => { if (event.detail.elt.closest("form[data-sent]")) event.preventDefault(); });
  }
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll(".is-sending")) {
      button.innerHTML = button.dataset.words;
      button.classList.remove("is-sending");
      button.removeAttribute("aria-disabled");
    }
  });

  // Drafts: <form data-autosave-url="…"> is posted there a moment after a change, without its files.
  for (const form of document.querySelectorAll("form[data-autosave-url]")) {
    let dirty = false, busy = false, timer = 0, going = null, number = 0;
    // Each sending says which one of this page it is, so that one that comes late is not put over a newer one.
    const mark = Math.random().toString(36).slice(2, 12) || "0";
    const turn = document.createElement("input");
    turn.type = "hidden";
    turn.name = "turn";
    form.append(turn);
    const next = () => { number += 1; turn.value = `${mark}-${number}`; };
    next();
    form.addEventListener("submit", () => { next(); if (going) going.abort(); });
    const state = form.querySelector("[data-autosave-state]") || document.querySelector("[data-autosave-state]");
    const say = (text) => { if (state && state.textContent !== text) state.textContent = text; };
    const body = () => {
      const data = new FormData(form);
      for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name);
      return data;
    };
    const save = async () => {
      if (!dirty || busy || form.dataset.sent) return;
      busy = true;
      dirty = false;
      going = new AbortController();
      next();
      try {
        const answer = await fetch(form.dataset.autosaveUrl, { method: "POST", body: body(), headers: { "X-Requested-With": "autosave" }, signal: going.signal });
        if (!answer.ok) throw new Error(String(answer.status));
        say(`${words.saved} ${new Date().toLocaleTimeString("zh-CN", { hour12: false })}`);
        form.dispatchEvent(new CustomEvent("draft:saved", { bubbles: true, detail: { answer } }));
      } catch {
        dirty = true;
        if (!going.signal.aborted) say(words.unsaved);
      }
      busy = false;
    };
    const later = () => { dirty = true; clearTimeout(timer); timer = setTimeout(save, 1500); };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    setInterval(save, 5000);
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
    window.addEventListener("beforeunload", (event) => { if (dirty && !form.dataset.sent) { save(); event.preventDefault(); } });
  }

  // What is wrong takes the focus.
  const wrong = document.querySelector("[data-take-focus]");
  if (wrong) wrong.focus();

  // Chosen files are named, pictures shown small.
  for (const input of document.querySelectorAll("input[data-upload]")) {
    const list = document.querySelector(`[data-upload-names="${input.id}"]`);
    const frame = input.closest(".upload");
    input.addEventListener("dragenter", () => frame.classList.add("is-over"));
    for (const name of ["dragleave", "drop"]) input.addEventListener(name, () => frame.classList.remove("is-over"));
    const name_them = () => {
      if (!list) return;
      list.replaceChildren(...[...input.files].map((file) => {
        const row = document.createElement("li");
        if (file.type.startsWith("image/")) {
          const picture = new Image();
          picture.src = URL.createObjectURL(file);
          picture.alt = "";
          picture.onload = () => URL.revokeObjectURL(picture.src);
          row.append(picture);
        }
        row.append(file.name);
        return row;
      }));
    };
    input.addEventListener("change", name_them);
    name_them(); // chosen while this script was still on its way
  }
})();
