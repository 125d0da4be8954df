// A file may be dropped anywhere on the card; its name and size are said before it goes. Without script the button works.
(() => {
  "use strict";
  const form = document.querySelector("form[data-drop]");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const place = form.querySelector(".imp-drop");
  const chosen = form.querySelector("[data-chosen]");
  const say = () => {
    const file = input.files[0];
    chosen.textContent = file ? `${file.name} · ${(file.size / 1048576).toFixed(1)} MB` : "";
  };
  input.addEventListener("change", say);
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => { event.preventDefault(); place.classList.add("is-over"); });
  }
  for (const kind of ["dragleave", "drop"]) {
    form.addEventListener(kind, () => place.classList.remove("is-over"));
  }
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    say();
    form.querySelector("button").focus();
  });
})();
