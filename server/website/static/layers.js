// Which layers the map has; those that are usual stand in no request and no link.
import { t } from "./texts.js";

const boxes = [...document.querySelectorAll("[name=layer]")];
const said = document.getElementById("layers-said");

export function makeLayers(given, onChange) {
  if (given) for (const box of boxes) box.checked = given.split(",").includes(box.value);

  function chosen() {
    return boxes.filter((box) => box.checked).map((box) => box.value);
  }

  function isUsual() {
    return boxes.every((box) => box.checked === ("usual" in box.dataset));
  }

  function tell() {
    said.textContent = isUsual() ? t("the usual ones") : t("{0} of {1}", chosen().length, boxes.length);
  }

  for (const box of boxes) box.addEventListener("change", tell);
  for (const button of document.querySelectorAll("[data-layers]")) {
    button.addEventListener("click", () => {
      for (const box of boxes) box.checked = button.dataset.layers === "all" || (button.dataset.layers === "usual" && "usual" in box.dataset);
      tell();
      onChange();
    });
  }
  tell();
  return {
    get isEmpty() { return !chosen().length; },
    request: () => (isUsual() || !chosen().length ? {} : { layers: chosen() }),
    words: () => (isUsual() ? {} : { layers: chosen().join(",") }),
  };
}
