// A pair's list of choices becomes a slider between the two things; the list stays the form's field, and without a script it is
// what is seen. Left is the first thing, right the second, the middle is equal. A pair that nobody touched is not judged.
(() => {
  "use strict";
  const STEPS = 8;
  const toPlace = (value) => (value.includes("/") ? Number(value.split("/")[1]) - 1 : 1 - Number(value));
  const toValue = (place) => (place > 0 ? `1/${place + 1}` : String(1 - place));

  function slider(box, texts) {
    const list = box.querySelector("select");
    const label = box.querySelector("label");
    const range = document.createElement("input");
    const said = document.createElement("output");
    const clear = document.createElement("button");
    const ends = document.createElement("div");
    Object.assign(range, { type: "range", min: -STEPS, max: STEPS, step: 1, className: "form-range jsy-scale", disabled: list.matches(":disabled") });
    range.title = texts.hint;
    ends.className = "jsy-scale-ends";
    for (const name of [box.dataset.row, box.dataset.column]) {
      const end = document.createElement("span");
      end.textContent = name;
      ends.append(end);
    }
    Object.assign(clear, { type: "button", className: "btn btn-sm btn-ghost-secondary", textContent: texts.clear, disabled: range.disabled });
    clear.setAttribute("aria-label", `${texts.clear}: ${box.dataset.row} / ${box.dataset.column}`);
    const foot = document.createElement("div");
    foot.className = "jsy-scale-foot";
    foot.append(said, clear);
    // The slider takes the field's id, so that the label and the links from the side lead to it.
    range.id = list.id;
    said.htmlFor = range.id;
    list.removeAttribute("id");
    list.hidden = true;
    range.setAttribute("aria-label", `${box.dataset.row} / ${box.dataset.column}`);
    label.classList.add("visually-hidden");

    function show() {
      const judged = list.value !== "";
      range.value = judged ? toPlace(list.value) : 0;
      const words = judged ? list.selectedOptions[0].textContent : texts.unjudged;
      said.textContent = words;
      range.setAttribute("aria-valuetext", words);
      range.classList.toggle("is-open", !judged);
      clear.hidden = !judged;
    }
    function judge(value) {
      if (range.disabled || list.value === value) return show();
      list.value = value;
      show();
      list.dispatchEvent(new Event("change", { bubbles: true }));
    }
    range.addEventListener("input", () => judge(toValue(Number(range.value))));
    // The slider itself is no field: its own change is told by the list.
    range.addEventListener("change", (event) => event.stopPropagation());
    range.addEventListener("pointerup", () => judge(toValue(Number(range.value))));
    range.addEventListener("keydown", (event) => {
      if (/^[1-9]$/.test(event.key)) {
        const right = Number(range.value) > 0;
        judge(right && event.key !== "1" ? `1/${event.key}` : event.key);
      } else if (event.key === "Backspace" || event.key === "Delete") {
        judge("");
      } else if (event.key === "Enter" || event.key === " ") {
        judge(toValue(Number(range.value)));
      } else return;
      event.preventDefault();
    });
    clear.addEventListener("click", () => {
      judge("");
      range.focus();
    });
    list.after(ends, range, foot);
    show();
  }

  document.querySelectorAll("[data-scales]").forEach((part) => {
    part.querySelectorAll("[data-pair]").forEach((box) => slider(box, part.dataset));
    part.dataset.ready = "true";
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".jsy-standing a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus();
  });
})();
