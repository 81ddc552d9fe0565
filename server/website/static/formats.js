// The list of formats: by purpose and by search, at most five of them, those of other tiers locked.
import { t } from "./texts.js";

const list = document.getElementById("formats");
const search = document.getElementById("search");
const said = document.getElementById("formats-said");
const buttons = [...document.querySelectorAll("[data-purpose]")];

export function makeFormats(known, chosen, onChange) {
  const ranks = known.tiers.map((tier) => tier.id);
  const names = Object.fromEntries(known.tiers.map((tier) => [tier.id, tier.name]));
  const mine = known.tier ? ranks.indexOf(known.tier) : 0;
  let purpose = "";

  function isLocked(row) {
    return ranks.indexOf(row.tier) > mine;
  }

  function row(one) {
    const item = document.createElement("li");
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = one.id;
    box.checked = chosen.has(one.id);
    const locked = isLocked(one);
    box.disabled = locked;
    const name = document.createElement("span");
    name.textContent = one.name;
    const end = document.createElement("span");
    end.className = locked ? "tier" : "end";
    end.textContent = locked ? t("from {0}", names[one.tier]) : `.${one.end}`;
    label.classList.toggle("locked", locked);
    label.append(box, name, end);
    box.addEventListener("change", () => choose(one.id, box));
    item.append(label);
    return item;
  }

  function choose(id, box) {
    if (box.checked && chosen.size >= known.most) {
      box.checked = false;
      said.textContent = t("At most {0} formats at a time.", known.most);
      return;
    }
    if (box.checked) chosen.add(id);
    else chosen.delete(id);
    tell();
    onChange();
  }

  function tell(count) {
    const words = known.formats.filter((one) => chosen.has(one.id)).map((one) => one.name);
    said.textContent = count === 0 ? t("No format is called so.")
      : words.length ? t("Chosen: {0}", words.join(", ")) : t("Choose one format or more.");
  }

  function show() {
    const word = search.value.trim().toLowerCase();
    const shown = known.formats.filter((one) =>
      (!purpose || one.for === purpose || word) &&
      (!word || `${one.name} ${one.id} .${one.end}`.toLowerCase().includes(word)));
    shown.sort((one, other) => isLocked(one) - isLocked(other));
    list.replaceChildren(...shown.map(row));
    list.scrollTop = 0;
    tell(shown.length);
  }

  search.addEventListener("input", show);
  for (const button of buttons) {
    button.addEventListener("click", () => {
      purpose = purpose === button.dataset.purpose ? "" : button.dataset.purpose;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other.dataset.purpose === purpose));
      show();
    });
  }
  for (const id of [...chosen]) {
    const one = known.formats.find((each) => each.id === id);
    if (!one || isLocked(one)) chosen.delete(id);
  }
  show();
}
