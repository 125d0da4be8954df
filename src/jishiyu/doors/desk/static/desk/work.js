// Choosing several tasks, going on with a batch, and the names behind an @. Everything works without it, only slower.
(() => {
  "use strict";

  // Several at once: one box for all, how many are chosen, and the bar only when some are.
  const form = document.querySelector("form[data-choose]");
  if (form) {
    const boxes = [...form.querySelectorAll("input[name=case]")];
    const all = form.querySelector("[data-choose-all]");
    const bar = form.querySelector("[data-choose-bar]");
    const tell = () => {
      const count = boxes.filter((box) => box.checked).length;
      if (bar) { bar.hidden = count === 0; bar.querySelector("[data-chosen]").textContent = String(count); }
      if (all) { all.checked = count > 0 && count === boxes.length; all.indeterminate = count > 0 && count < boxes.length; }
    };
    if (all && boxes.length) {
      all.hidden = false;
      all.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); tell(); });
    }
    boxes.forEach((box) => box.addEventListener("change", tell));
    window.addEventListener("pageshow", tell);
    tell();
  }

  // A batch under way goes on by itself, piece by piece.
  const next = document.querySelector("form[data-goes-on]");
  if (next) setTimeout(() => next.requestSubmit(), 150);

  // Behind an @ the titles of posts that may see the page: arrows choose, Enter or Tab takes, Escape leaves.
  document.querySelectorAll("textarea[data-mentions]").forEach((box) => {
    const names = JSON.parse(document.getElementById(box.dataset.mentions).textContent);
    const list = document.createElement("ul");
    list.className = "jsy-mention-list";
    list.id = `${box.id}-names`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.labels[0]?.textContent ?? "@");
    list.hidden = true;
    box.parentElement.append(list);
    box.setAttribute("aria-controls", list.id);
    let at = 0;
    const typed = () => box.value.slice(0, box.selectionStart).match(/[@＠]([^\s@＠，。；、]{0,30})$/u);
    const items = () => [...list.children];
    const mark = (place) => {
      at = Math.max(0, Math.min(place, items().length - 1));
      items().forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
      items()[at]?.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", items()[at]?.id ?? "");
    };
    const close = () => { list.hidden = true; list.replaceChildren(); box.removeAttribute("aria-activedescendant"); };
    const take = (name) => {
      const start = box.selectionStart - typed()[1].length;
      box.setRangeText(`${name} `, start, box.selectionStart, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
      close();
      box.focus();
    };
    const show = () => {
      const hit = typed();
      const found = hit ? names.filter((name) => name.toLowerCase().includes(hit[1].toLowerCase())).slice(0, 6) : [];
      if (!found.length) { close(); return; }
      list.replaceChildren(...found.map((name, n) => {
        const item = document.createElement("li");
        item.textContent = name;
        item.id = `${list.id}-${n}`;
        item.setAttribute("role", "option");
        item.addEventListener("mousedown", (event) => { event.preventDefault(); take(name); });
        return item;
      }));
      list.hidden = false;
      mark(0);
    };
    box.addEventListener("input", show);
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark(at - 1); }
      else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); take(items()[at].textContent); }
      else if (event.key === "Escape") { event.stopPropagation(); close(); }
    });
  });
})();
