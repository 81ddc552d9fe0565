// Search of places by name: a combobox with a list of options (WAI-ARIA 1.2), for keyboard, pointer and screen reader.
import { call } from "./calls.js";
import { boxKm2 } from "./geodesy.js";
import { number, t } from "./texts.js";

const field = document.getElementById("place");
const list = document.getElementById("places");
const said = document.getElementById("places-said");
// Half the side of the area round a place that is a point, and the least of any, in km.
const REACH = { city: 2.2, town: 1.6, suburb: 1.2, village: 1, quarter: 0.8, airport: 1.5, peak: 1, locality: 0.8 };
const LEAST = 0.4;
const POINT = /^\s*(-?\d+(?:[.,]\d+)?)\s*°?\s*[,;\s]\s*(-?\d+(?:[.,]\d+)?)\s*°?\s*$/;

// A box round a place, all of it where `most` km2 allow that, inside `edge` where the middle is; km are even in both ways.
export function areaRound(place, most, edge) {
  let [west, south, east, north] = place.box;
  const x = (west + east) / 2, y = (south + north) / 2;
  const degree = 111.2, narrow = Math.max(0.05, Math.cos((y * Math.PI) / 180));
  const half = REACH[place.kind] ?? LEAST;
  const wide = Math.max(((east - west) / 2) * 1.15, half / degree / narrow);
  const high = Math.max(((north - south) / 2) * 1.15, half / degree);
  const box = (share) => ({
    west: Math.max(x - wide * share, edge?.[0] ?? -180), east: Math.min(x + wide * share, edge?.[2] ?? 180),
    south: Math.max(y - high * share, edge?.[1] ?? -85), north: Math.min(y + high * share, edge?.[3] ?? 85),
  });
  let share = 1;
  while (boxKm2(box(share)) > most * 0.95) share *= 0.9;
  return box(share);
}

// A place that is typed as latitude and longitude, as maps tell it.
function typed(text) {
  const found = POINT.exec(text);
  if (!found) return null;
  const [lat, lon] = found.slice(1).map((word) => Number(word.replace(",", ".")));
  if (Math.abs(lat) > 85 || Math.abs(lon) > 180) return null;
  return { name: t("{0} north, {1} east", number(lat, 5), number(lon, 5)), kind: "point", what: t("coordinates"), inside: "", other: "", box: [lon, lat, lon, lat] };
}

// `onPlace` hears of the place that is chosen.
export function makeSearch(onPlace) {
  if (!field) return;
  let places = [], active = -1, asked = 0, timer = 0;

  function close() {
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function mark(at) {
    active = at;
    [...list.children].forEach((item, each) => item.setAttribute("aria-selected", String(each === at)));
    if (at < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", `place-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function option(place, at) {
    const item = document.createElement("li");
    item.id = `place-${at}`;
    item.role = "option";
    item.setAttribute("aria-selected", "false");
    const name = document.createElement("strong");
    name.textContent = place.other ? `${place.name} (${place.other})` : place.name;
    const where = document.createElement("span");
    where.textContent = place.inside ? `${place.what} · ${place.inside}` : place.what;
    item.append(name, where);
    // Before the field loses the focus.
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => choose(at));
    return item;
  }

  function show(found) {
    places = found;
    list.replaceChildren(...places.map(option));
    list.hidden = !places.length;
    field.setAttribute("aria-expanded", String(places.length > 0));
    mark(-1);
    said.textContent = places.length ? t("Places found: {0}", places.length) : t("No place is called so in this server's data.");
    said.classList.toggle("unseen", places.length > 0);
  }

  function choose(at) {
    const place = places[at];
    if (!place) return;
    field.value = place.name;
    close();
    said.textContent = t("The area is now at {0}.", place.name);
    said.classList.add("unseen");
    onPlace(place);
  }

  async function look(then) {
    const text = field.value.trim(), mine = ++asked;
    if (!text) {
      said.textContent = "";
      return close();
    }
    const point = typed(text);
    let found;
    try {
      found = point ? [point] : (await call("GET", `/site/places?q=${encodeURIComponent(text)}`)).places;
    } catch (fault) {
      if (mine === asked) said.textContent = fault.message;
      return;
    }
    if (mine !== asked) return;
    show(found);
    then?.();
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 150);
  });
  field.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (steps) {
      event.preventDefault();
      if (list.hidden) return void look(() => mark(steps > 0 ? 0 : places.length - 1));
      mark((active + steps + places.length) % places.length);
    } else if (event.key === "Enter") {
      // Not the form: whoever presses it here wants the place.
      event.preventDefault();
      clearTimeout(timer);
      if (!list.hidden && active >= 0) choose(active);
      else look(() => choose(0));
    } else if (event.key === "Escape") {
      if (list.hidden) field.value = "";
      close();
    }
  });
  field.addEventListener("blur", close);
}
