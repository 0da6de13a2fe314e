/* Papers are sent as soon as they are chosen, so that the page shows what has arrived. Without this, the button that goes on sends them. */
(() => {
  "use strict";
  const input = document.querySelector("form[data-papers] input[type=file]");
  const add = document.querySelector("form[data-papers] [name=go][value=add]");
  if (!input || !add) return;
  const send = () => { if (input.files.length) input.form.requestSubmit(add); };
  input.addEventListener("change", send);
  // Chosen while this script was still on its way; after "back" the browser may put an old choice there again, which is not sent twice.
  if (performance.getEntriesByType("navigation")[0]?.type === "navigate") send();
})();
