// The page on which a map is made.
import { call } from "./calls.js";
import { makeFormats } from "./formats.js";
import { boxKm2 } from "./geodesy.js";
import { base, makeMap } from "./map.js";
import { areaRound, makeSearch } from "./search.js";
import { copy } from "./site.js";
import { follow } from "./task.js";
import { number, size, span, t } from "./texts.js";

const known = JSON.parse(document.getElementById("known").textContent);
const $ = (id) => document.getElementById(id);
const SIDES = ["west", "south", "east", "north"];
const given = new URLSearchParams(location.search);
const chosen = new Set((given.get("formats") ?? "svg").split(",").filter(Boolean));
const tier = known.tiers.find((one) => one.id === known.tier);
let box = null;

function valid(one) {
  return SIDES.every((side) => Number.isFinite(one[side])) && one.west < one.east && one.south < one.north &&
    one.west >= -180 && one.east <= 180 && one.south >= -85.06 && one.north <= 85.06;
}

function covered(one) {
  return known.sources.some(({ box: has }) =>
    !has || (has[0] <= one.west && has[1] <= one.south && has[2] >= one.east && has[3] >= one.north));
}

function setBox(next, fill) {
  box = next && valid(next) ? next : null;
  if (fill && box) for (const side of SIDES) $(side).value = box[side].toFixed(5);
  map?.show(box);
  tellArea();
  soon();
}

function tellArea() {
  const area = $("area");
  area.classList.remove("too-large");
  if (!box) {
    area.textContent = SIDES.some((side) => $(side).value) ? t("Type four numbers: west before east, south before north.") : "";
    return;
  }
  const km2 = boxKm2(box), shown = t("{0} km²", number(km2, km2 < 10 ? 2 : 1));
  if (!covered(box)) {
    area.classList.add("too-large");
    area.textContent = `${shown} · ${t("This server has no map data of that place.")}`;
  } else if (tier && km2 > tier.km2) {
    const enough = known.tiers.find((one) => km2 <= one.km2);
    area.classList.add("too-large");
    area.textContent = enough ? `${shown} · ${t("the tier {0} has {1} km²; {2} has it", tier.name, number(tier.km2), enough.name)}`
      : `${shown} · ${t("more than any tier has")}`;
  } else {
    area.textContent = tier ? `${shown} · ${t("of {0} km² in the tier {1}", number(tier.km2), tier.name)}` : shown;
  }
}

function request() {
  const config = {};
  if ($("page").value) config.page = $("page").value;
  if ($("page").value && $("orientation").value !== "auto") config.orientation = $("orientation").value;
  if ($("title").value.trim()) config.title = $("title").value.trim();
  return {
    bbox: { min_lon: box.west, min_lat: box.south, max_lon: box.east, max_lat: box.north },
    formats: [...chosen], map_style: $("maker").elements.style.value, detail_level: Number($("detail").value), config,
  };
}

function choice() {
  const words = { formats: [...chosen].join(","), style: $("maker").elements.style.value, detail: $("detail").value,
    page: $("page").value, orientation: $("page").value ? $("orientation").value : "", title: $("title").value.trim() };
  if (box) words.bbox = SIDES.map((side) => box[side].toFixed(5)).join(",");
  return new URLSearchParams(Object.entries(words).filter(([, word]) => word));
}

let timer = 0, asked = 0;

// What it would take, a moment after the last change; an answer that came too late is nobody's.
function soon() {
  history.replaceState(null, "", `?${choice()}`);
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const mine = ++asked;
    if (!box || !chosen.size || !tier || !covered(box)) {
      $("guess").textContent = "";
      return;
    }
    try {
      const found = await call("POST", "/site/estimate", request());
      if (mine !== asked) return;
      const wait = found.seconds_waiting > 5 ? ` · ${t("waiting {0}", span(found.seconds_waiting))}` : "";
      $("guess").textContent = `${t("About {0}, {1}", span(found.seconds_running), size(found.bytes))}${wait}`;
    } catch (fault) {
      if (mine === asked) $("guess").textContent = fault.message;
    }
  }, 400);
}

const WORDS = [t("overview"), t("region"), t("city"), t("district"), t("quarter"), t("site")];

function tellDetail() {
  $("detail-word").textContent = WORDS[$("detail").value - 1];
  $("detail").setAttribute("aria-valuetext", WORDS[$("detail").value - 1]);
}

const PAPER = { A5: [148, 210], A4: [210, 297], A3: [297, 420], A2: [420, 594], A1: [594, 841], A0: [841, 1189], Letter: [215.9, 279.4], Tabloid: [279.4, 431.8] };

function tellPaper() {
  const name = $("page").value, turned = $("orientation").value;
  $("orientation").disabled = !name;
  let ratio = 0.707;
  if (!name && box) {
    const middle = ((box.south + box.north) / 2) * Math.PI / 180;
    ratio = ((box.east - box.west) * Math.cos(middle)) / (box.north - box.south);
  } else if (name) {
    const [short, long] = PAPER[name];
    const lies = turned === "landscape" || (turned === "auto" && box && (box.east - box.west) * Math.cos(box.south * Math.PI / 180) > box.north - box.south);
    ratio = lies ? long / short : short / long;
  }
  const paper = $("paper");
  paper.style.aspectRatio = String(ratio);
  paper.style.width = ratio > 1 ? "3.6rem" : `${Math.max(0.8, 3.6 * ratio)}rem`;
}

const start = given.get("bbox")?.split(",").map(Number);
const around = start?.length === 4 && start.every(Number.isFinite) ? start : known.example;
const map = makeMap(around, (one) => { stopDrawing(); setBox(one, true); tellPaper(); });

function stopDrawing() {
  $("draw").setAttribute("aria-pressed", "false");
  map?.draw(false);
}

$("draw").addEventListener("click", () => {
  const active = $("draw").getAttribute("aria-pressed") !== "true";
  $("draw").setAttribute("aria-pressed", String(active));
  map?.draw(active);
});
$("view").addEventListener("click", () => { if (map) setBox(map.view(), true); tellPaper(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") stopDrawing(); });
if (!map) for (const id of ["draw", "view"]) $(id).disabled = true;
for (const side of SIDES) {
  $(side).addEventListener("input", () => {
    const typed = Object.fromEntries(SIDES.map((one) => [one, $(one).value.trim() === "" ? NaN : Number($(one).value.replace(",", "."))]));
    setBox(typed, false);
    tellPaper();
  });
  $(side).addEventListener("change", () => { if (box) map?.go(box); });
}
for (const id of ["style", "detail", "page", "title", "orientation"]) {
  const word = given.get(id);
  const field = $("maker").elements[id];
  if (word && (id !== "style" || [...field].some((one) => one.value === word))) field.value = word;
}
makeFormats(known, chosen, soon);
makeSearch((place) => {
  const [x, y] = [(place.box[0] + place.box[2]) / 2, (place.box[1] + place.box[3]) / 2];
  const source = known.sources.find(({ box: has }) => has && has[0] < x && x < has[2] && has[1] < y && y < has[3]);
  setBox(areaRound(place, tier?.km2 ?? 25, source?.box), true);
  map?.go(box);
  tellPaper();
});
$("maker").addEventListener("change", (event) => {
  if (event.target.name === "style" && map) base(map.map, event.target.value);
  tellPaper();
  soon();
});
$("detail").addEventListener("input", tellDetail);
$("share").addEventListener("click", () => copy(`${location.origin}/export?${choice()}`, $("share")));
$("maker").addEventListener("submit", async (event) => {
  event.preventDefault();
  const fault = $("fault");
  fault.hidden = true;
  const wrong = !box ? t("Choose an area first: draw a box on the map.") : !chosen.size ? t("Choose one format or more.") : "";
  if (wrong) {
    fault.textContent = wrong;
    fault.hidden = false;
    return;
  }
  $("make").disabled = true;
  try {
    follow((await call("POST", "/site/render", request())).task_id);
  } catch (error) {
    fault.textContent = error.message;
    fault.hidden = false;
  }
  $("make").disabled = false;
});
tellDetail();
// Where nothing was chosen yet, a box that works: whoever presses the button at once has a map.
setBox({ west: around[0], south: around[1], east: around[2], north: around[3] }, true);
tellPaper();
if (map) map.map.once("load", () => base(map.map, $("maker").elements.style.value));
