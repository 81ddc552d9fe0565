// What scripts say, in the language of the page.
const known = JSON.parse(document.getElementById("texts")?.textContent ?? "{}");

export function t(text, ...values) {
  return (known[text] ?? text).replace(/\{(\d+)\}/g, (_, number) => values[Number(number)]);
}

const language = document.documentElement.lang;

export function number(value, digits = 0) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

export function size(bytes) {
  if (bytes >= 1e6) return t("{0} MB", number(bytes / 1e6, 1));
  return t("{0} kB", number(Math.max(1, bytes / 1e3)));
}

export function span(seconds) {
  return seconds < 90 ? t("{0} s", number(Math.max(1, seconds))) : t("{0} min", number(seconds / 60));
}
