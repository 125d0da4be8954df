// The page's words by name, and elements made without any markup from data.
export const words = JSON.parse(document.getElementById("visit-words").textContent);

export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

export function node(tag, given, ...inside) {
  const made = Object.assign(document.createElement(tag), given);
  made.append(...inside);
  return made;
}
