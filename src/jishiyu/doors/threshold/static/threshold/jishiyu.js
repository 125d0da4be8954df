// What every page can do: ask before an act, warn of unsaved words, keyboard, language and theme. Pages work without it.
(() => {
  "use strict";
  const words = () => document.getElementById("words").dataset;

  // A form or button with data-confirm asks first, in our own dialog.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!question || form.dataset.confirmed) { saved(form); return; }
    event.preventDefault();
    event.stopPropagation();
    const dialog = document.getElementById("confirm-dialog");
    dialog.querySelector("#confirm-text").textContent = question;
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return;
      form.dataset.confirmed = "1";
      form.requestSubmit(event.submitter ?? undefined);
      delete form.dataset.confirmed;
    }, { once: true });
    dialog.showModal();
  }, true);

  // A form with data-guard warns before its words are lost.
  const guarded = new Set();
  const saved = (form) => guarded.delete(form);
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-guard]");
    if (form) guarded.add(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if (guarded.size) { event.preventDefault(); event.returnValue = words().unsaved; }
  });

  // One press, one act: a submitted form does not go twice.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented || form.hasAttribute("data-again")) return;
    if (form.dataset.gone) { event.preventDefault(); return; }
    form.dataset.gone = "1";
    setTimeout(() => delete form.dataset.gone, 4000);
  });

  document.addEventListener("click", (event) => {
    const at = event.target.closest?.("[data-back],[data-opens],[data-closes],[data-print],[data-theme-toggle]");
    if (!at) return;
    if ("back" in at.dataset) history.back();
    if (at.dataset.opens) document.getElementById(at.dataset.opens)?.showModal();
    if ("closes" in at.dataset) at.closest("dialog")?.close();
    if ("print" in at.dataset) window.print();
    if ("themeToggle" in at.dataset) turnTheme();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-submits]")) event.target.form.requestSubmit();
  });

  function turnTheme() {
    const root = document.documentElement;
    const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    root.dataset.bsTheme = theme;
    document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax`;
    document.dispatchEvent(new CustomEvent("jsy:theme"));
  }

  // Ctrl+K (⌘K) goes to the search box from anywhere, also out of another box.
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const box = document.querySelector("[data-search]");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  });

  // Keyboard: / search, ? help, g then a letter goes to the link that carries data-key.
  let waitsForLetter = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches?.("input, textarea, select, [contenteditable]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (waitsForLetter) {
      waitsForLetter = false;
      const link = document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (event.key === "/") {
      const box = document.querySelector("[data-search]");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    } else if (event.key === "?") {
      document.getElementById("keys-dialog")?.showModal();
    } else if (event.key === "g") {
      waitsForLetter = true;
      setTimeout(() => { waitsForLetter = false; }, 1500);
    }
  });

  // Suggestions: arrows walk them, Escape closes them.
  document.addEventListener("keydown", (event) => {
    const box = event.target.closest?.(".jsy-search");
    if (!box) return;
    const links = [...box.querySelectorAll(".jsy-suggest a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
    if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (links[at - 1] ?? box.querySelector("input")).focus(); }
    if (event.key === "Escape") box.querySelector(".jsy-suggest").replaceChildren();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".jsy-search")) document.querySelector(".jsy-suggest")?.replaceChildren();
    document.querySelectorAll("details.cite[open]").forEach((one) => { if (!one.contains(event.target)) one.open = false; });
  });

  function tell(text) {
    const notice = document.getElementById("notice");
    notice.textContent = text;
    notice.hidden = false;
    setTimeout(() => { notice.hidden = true; }, 6000);
  }
  document.addEventListener("htmx:responseError", (event) => {
    const type = event.detail.xhr.getResponseHeader("Content-Type") ?? "";
    if (type.startsWith("text/html") && event.detail.xhr.status < 500) {
      const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
      tell(page.querySelector(".jsy-reason")?.textContent.trim() || words().failed);
    } else { tell(words().failed); }
  });
  document.addEventListener("htmx:sendError", () => tell(words().failed));

  // Rows of a repeated form part: data-adds names a <template>; __n__ in it becomes the next number.
  document.addEventListener("click", (event) => {
    const adds = event.target.closest?.("[data-adds]");
    if (adds) {
      const template = document.getElementById(adds.dataset.adds);
      const list = document.getElementById(template.dataset.list);
      const total = document.querySelector(`[name="${template.dataset.total}"]`);
      const holder = document.createElement("template");
      holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
      total.value = Number(total.value) + 1;
      list.append(holder.content);
      list.lastElementChild.querySelector("input, select")?.focus();
      window.htmx?.process(list.lastElementChild);
    }
    const drops = event.target.closest?.("[data-drops]");
    if (drops) {
      const row = drops.closest(drops.dataset.drops);
      const mark = row.querySelector("[name$='-DELETE']");
      if (mark) { mark.checked = true; mark.value = "on"; row.hidden = true; } else { row.remove(); }
    }
  });

  // A table wider than its place can be scrolled by key too: it takes the focus while it is too wide.
  const reachable = () => document.querySelectorAll(".table-responsive").forEach((place) => {
    if (place.scrollWidth > place.clientWidth) { place.tabIndex = 0; } else { place.removeAttribute("tabindex"); }
  });
  reachable();
  window.addEventListener("resize", reachable);
  document.addEventListener("htmx:afterSettle", reachable);
})();
