// The visit's form: what is in it as plain data and back, choices that the package brings, and what the server found wrong.
import { node } from "./words.js";

function choice(type, name, one) {
  const input = node("input", { type, name, value: one.key, required: type === "radio" });
  return node("label", { className: "form-check jsy-choice" }, input, node("span", { className: "form-check-label", textContent: one.name }));
}

/** Put the procedure's outcomes and papers into the form. */
export function prepare(form, visit) {
  form.querySelector("[data-outcomes]").replaceChildren(...visit.outcomes.map((one) => choice("radio", "outcome", one)));
  form.querySelector("[data-papers]").replaceChildren(...visit.papers.map((one) => choice("checkbox", "papers", one)));
  form.querySelector("[data-papers]").closest("fieldset").hidden = visit.papers.length === 0;
}

/** What a visit begins with, before anybody typed. */
export const begun = (visit) => ({
  visited_on: visit.today, first_visitor: visit.visitor, outcome: visit.outcomes.length === 1 ? visit.outcomes[0].key : "", papers: [],
});

export function read(form) {
  const told = { papers: [] };
  for (const [name, value] of new FormData(form)) {
    if (name === "papers") told.papers.push(value);
    else if (typeof value === "string") told[name] = value;
  }
  return told;
}

export function fill(form, content) {
  form.reset();
  for (const field of form.elements) {
    if (!field.name || field.type === "file") continue;
    const value = content[field.name];
    if (field.type === "radio") field.checked = value === field.value;
    else if (field.type === "checkbox") field.checked = (value ?? []).includes(field.value);
    else field.value = value ?? "";
  }
}

export function clearErrors(form) {
  form.querySelectorAll("[data-error]").forEach((place) => place.replaceChildren());
  form.querySelectorAll("[aria-invalid]").forEach((field) => { field.removeAttribute("aria-invalid"); field.classList.remove("is-invalid"); });
}

/** Show what is wrong at each field; the first one takes the focus. Gives what belongs to no field. */
export function showErrors(form, errors) {
  clearErrors(form);
  const loose = [];
  let first = null;
  for (const [name, texts] of Object.entries(errors)) {
    const place = form.querySelector(`[data-error="${CSS.escape(name)}"]`);
    if (!place) { loose.push(...texts); continue; }
    place.replaceChildren(...texts.map((text) => node("div", { textContent: text })));
    const fields = [...form.elements].filter((field) => field.name === name);
    fields.forEach((field) => { field.setAttribute("aria-invalid", "true"); field.classList.add("is-invalid"); });
    first ??= fields[0];
  }
  first?.focus();
  return loose;
}
