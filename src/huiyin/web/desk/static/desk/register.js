/* Helps on the registration page: files dropped or chosen are sent at once, read text goes into an empty field,
   a choice is undone in place. Without this script the buttons do the same. */
(() => {
  "use strict";
  const form = document.querySelector(".registering-grid");
  if (!form) return;
  const file = document.getElementById("scan-file");
  const zone = form.querySelector("[data-drop]");
  const send = () => {
    const button = form.querySelector('button[value="upload"]');
    form.requestSubmit(button);
  };
  const send_chosen = () => { if (file.files.length) send(); };
  file.addEventListener("change", send_chosen);
  // Chosen while this script was still on its way; after "back" the browser may put an old choice there again, which is not sent twice.
  if (performance.getEntriesByType("navigation")[0]?.type === "navigate") send_chosen();
  ["dragover", "dragenter"].forEach((name) => zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); }));
  ["dragleave", "drop"].forEach((name) => zone.addEventListener(name, () => zone.classList.remove("over")));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { file.files = event.dataTransfer.files; send(); }
  });
  // The picture larger and smaller, with + and −; the text is corrected against it.
  let size = 100;
  document.addEventListener("click", (event) => {
    const by = event.target.closest("[data-zoom]");
    if (!by) return;
    size = Math.max(100, Math.min(400, size + Number(by.dataset.zoom)));
    form.style.setProperty("--scan", `${size}%`);
  });
  // Not this person: the choice is undone here, the name stays to be found again, and nothing else is touched.
  form.addEventListener("click", (event) => {
    const undo = event.target.closest('button[value="someone-else"]');
    const kept = document.getElementById("reg-person"), asked = document.getElementById("reg-person-q");
    if (!undo || !kept) return;
    event.preventDefault();
    kept.value = "";
    kept.dispatchEvent(new Event("change", { bubbles: true }));
    asked.focus();
    asked.select();
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    const reading = document.getElementById("reading");
    const text = document.getElementById("reg-text");
    const read = document.getElementById("read-text");
    if (reading && reading.dataset.reading === "no" && text && read && !text.value.trim()) {
      text.value = read.textContent;
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
})();
