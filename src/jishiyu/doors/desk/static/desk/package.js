// On paper nothing can be opened: reasons and conditions are opened for printing and closed again after.
(() => {
  "use strict";
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")];
    opened.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => {
    opened.forEach((one) => { one.open = false; });
    opened = [];
  });
})();
