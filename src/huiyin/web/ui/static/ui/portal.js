/* The portal: reads the page aloud, and keeps what is being written in this browser as a second net. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const main = document.getElementById("main");

  // Read aloud: in the order of the page; a code group by group; what is only for the eye is left out.
  const button = document.querySelector("[data-read-aloud]");
  const speech = window.speechSynthesis;
  if (button && speech && window.SpeechSynthesisUtterance) {
    const label = button.querySelector("span");
    let queue = [], mark = null;
    button.hidden = false;
    button.setAttribute("aria-pressed", "false");
    const skipped = "[aria-hidden=true], script, style, .no-print, input, select, svg, [hidden]";
    const blocks = "h1, h2, h3, h4, p, li, dt, dd, label, legend, summary, td, th, a.btn, button, textarea, .door";
    const text = (node) => {
      if (node.dataset.read) return node.dataset.read;
      if (node.tagName === "TEXTAREA") return node.value;
      const copy = node.cloneNode(true);
      for (const part of copy.querySelectorAll(`${skipped}, ${blocks}`)) part.remove();
      return copy.textContent.replace(/\s+/g, " ").trim();
    };
    const visible = (node) => !node.closest(skipped) && (node.dataset.read || node.getClientRects().length > 0);
    const collect = (roots) => roots.flatMap((root) => [root, ...root.querySelectorAll(blocks)])
      .filter((node) => node.matches(blocks) && visible(node)).map((node) => [node, text(node)]).filter((pair) => pair[1]);
    const stop = () => {
      queue = [];
      speech.cancel();
      if (mark) mark.classList.remove("reading-now");
      button.setAttribute("aria-pressed", "false");
      label.textContent = words.read;
    };
    const next = () => {
      if (mark) mark.classList.remove("reading-now");
      const item = queue.shift();
      if (!item) { stop(); return; }
      mark = item[0];
      mark.classList.add("reading-now");
      const voice = new SpeechSynthesisUtterance(item[1]);
      voice.lang = item[0].closest("[lang]").lang;
      voice.rate = 0.9;
      voice.onend = next;
      voice.onerror = stop;
      speech.speak(voice);
    };
    const start = (roots) => {
      queue = collect(roots);
      button.setAttribute("aria-pressed", "true");
      label.textContent = words.stop;
      next();
    };
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-pressed") === "true") stop();
      else start([main, ...document.querySelectorAll(".aside, .after")]);
    });
    for (const other of document.querySelectorAll("[data-read-part]")) {
      other.hidden = false;
      other.addEventListener("click", (event) => {
        event.preventDefault();
        stop();
        start([...document.querySelectorAll(other.dataset.readPart)]);
      });
    }
    window.addEventListener("pagehide", stop);
  }

  // Drafts of long answers: <textarea data-keep="name">. Thrown away after a day or where [data-forget] is on the page.
  const DAY = 24 * 3600 * 1000;
  const box = (() => { try { return window.localStorage; } catch { return null; } })();
  if (box) {
    for (const key of Object.keys(box).filter((name) => name.startsWith("huiyin:"))) {
      try { if (Date.now() - JSON.parse(box[key]).at > DAY) box.removeItem(key); } catch { box.removeItem(key); }
    }
    if (document.querySelector("[data-forget]")) for (const key of Object.keys(box).filter((name) => name.startsWith("huiyin:"))) box.removeItem(key);
    for (const area of document.querySelectorAll("textarea[data-keep]")) {
      const key = `huiyin:${area.dataset.keep}`;
      try {
        const kept = JSON.parse(box[key] || "null");
        if (kept && !area.value && kept.text) {
          area.value = kept.text;
          const note = document.createElement("p");
          note.className = "hint";
          note.setAttribute("role", "status");
          note.textContent = words.kept;
          area.after(note);
        }
      } catch { box.removeItem(key); }
      area.addEventListener("input", () => {
        try { box.setItem(key, JSON.stringify({ at: Date.now(), text: area.value })); } catch { /* full or forbidden: the server keeps it anyway */ }
      });
    }
  }

  // Printing.
  for (const link of document.querySelectorAll("[data-print]")) {
    link.hidden = false;
    link.addEventListener("click", (event) => { event.preventDefault(); window.print(); });
  }
})();
