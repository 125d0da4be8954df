// The household's page: the full data of a member come into a dialog and leave the page when it is closed.
(() => {
  "use strict";
  const dialog = document.getElementById("unmask-dialog");
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "unmask" && dialog && !dialog.open) dialog.showModal();
    document.querySelector("#unmask [autofocus]")?.focus();
  });
  dialog?.addEventListener("close", () => document.getElementById("unmask").replaceChildren());
})();
