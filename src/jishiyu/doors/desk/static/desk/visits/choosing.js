// Two versions side by side, field by field: which one to keep in each, or both as two visits.
import { words, filled, node } from "./words.js";

function side(field, which, who, value) {
  const input = node("input", { type: "radio", name: `choice-${field}`, value: which });
  const name = node("span", { className: "jsy-side-name", textContent: who });
  const said = node("span", { className: "jsy-side-value", textContent: value || words.empty });
  return node("label", { className: "jsy-side" }, input, node("span", {}, name, said));
}

/** Draw the differences into a place. */
export function draw(place, conflict) {
  place.querySelector("[data-told]").textContent = filled(words.conflict, { who: conflict.who, when: conflict.when, n: conflict.version });
  const list = place.querySelector("[data-fields]");
  const theirs = filled(words.theirs, { who: conflict.who });
  list.replaceChildren(...conflict.fields.map((one) =>
    node("fieldset", { className: "jsy-differs" }, node("legend", { textContent: one.label }),
      node("div", { className: "jsy-sides" }, side(one.field, "mine", words.mine, one.mine), side(one.field, "theirs", theirs, one.theirs)))));
  if (!conflict.fields.length) list.replaceChildren(node("p", { textContent: words.same }));
}

/** What was chosen, and how many fields are not chosen yet. */
export function chosen(place, conflict) {
  const fields = {};
  for (const { field } of conflict.fields) {
    const at = place.querySelector(`input[name="choice-${field}"]:checked`);
    if (at) fields[field] = at.value;
  }
  return { fields, open: conflict.fields.length - Object.keys(fields).length };
}
