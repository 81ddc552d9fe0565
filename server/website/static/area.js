// The area that is chosen: a box or polygons, how large it is, and whether this server and the tier have it.
import { boxKm2, polygonsKm2 } from "./geodesy.js";
import { bounds, fromWord, geometryOf, readGeoJson, toWord } from "./polygons.js";
import { number, t } from "./texts.js";

const SIDES = ["west", "south", "east", "north"];
const $ = (id) => document.getElementById(id);
const told = $("area"), outline = $("outline"), outlineSaid = $("outline-said");

function isBox(one) {
  return SIDES.every((side) => Number.isFinite(one[side])) && one.west < one.east && one.south < one.north &&
    one.west >= -180 && one.east <= 180 && one.south >= -85.06 && one.north <= 85.06;
}

// `onChange` hears of each change; `onMove` where the map shall go there.
export function makeArea(known, onChange, onMove) {
  const tier = known.tiers.find((one) => one.id === known.tier);
  let box = null, polygons = null;

  const area = {
    get box() { return box; },
    get polygons() { return polygons; },
    get shape() {
      if (polygons || !box) return polygons ?? [];
      const { west, south, east, north } = box;
      return [[[[west, south], [east, south], [east, north], [west, north], [west, south]]]];
    },
    get isCovered() {
      return known.sources.some(({ box: has }) =>
        !has || (has[0] <= box.west && has[1] <= box.south && has[2] >= box.east && has[3] >= box.north));
    },
    setBox(next, { fill = true, move = false } = {}) {
      box = next && isBox(next) ? next : null;
      polygons = null;
      settle(fill, move);
    },
    setPolygons(next, move = false) {
      polygons = next;
      box = bounds(next);
      settle(true, move);
    },
    // What a request has of it, and a link.
    request() {
      return polygons ? { geometry: geometryOf(polygons) }
        : { bbox: { min_lon: box.west, min_lat: box.south, max_lon: box.east, max_lat: box.north } };
    },
    words() {
      const word = polygons ? toWord(polygons) : "";
      return box ? (word ? { area: word } : { bbox: SIDES.map((side) => box[side].toFixed(5)).join(",") }) : {};
    },
  };

  function settle(fill, move) {
    if (fill && box) for (const side of SIDES) $(side).value = box[side].toFixed(5);
    $("box-again").hidden = !polygons;
    tell();
    onChange();
    if (move && box) onMove(box);
  }

  function tell() {
    told.classList.remove("too-large");
    if (!box) {
      told.textContent = SIDES.some((side) => $(side).value) ? t("Type four numbers: west before east, south before north.") : "";
      return;
    }
    const km2 = polygons ? polygonsKm2(polygons) : boxKm2(box);
    const size = km2 < 0.01 ? t("{0} m²", number(km2 * 1e6)) : t("{0} km²", number(km2, km2 < 10 ? 2 : 1));
    const shown = polygons ? `${t("Polygon")}: ${size}` : size;
    if (!area.isCovered) {
      told.classList.add("too-large");
      told.textContent = `${shown} · ${t("This server has no map data of that place.")}`;
    } else if (tier && km2 > tier.km2) {
      const enough = known.tiers.find((one) => km2 <= one.km2);
      told.classList.add("too-large");
      told.textContent = enough ? `${shown} · ${t("the tier {0} has {1} km²; {2} has it", tier.name, number(tier.km2), enough.name)}`
        : `${shown} · ${t("more than any tier has")}`;
    } else {
      told.textContent = tier ? `${shown} · ${t("of {0} km² in the tier {1}", number(tier.km2), tier.name)}` : shown;
    }
  }

  for (const side of SIDES) {
    $(side).addEventListener("input", () => {
      const typed = Object.fromEntries(SIDES.map((one) => [one, $(one).value.trim() === "" ? NaN : Number($(one).value.replace(",", "."))]));
      area.setBox(typed, { fill: false });
    });
    $(side).addEventListener("change", () => { if (box) onMove(box); });
  }
  $("box-again").addEventListener("click", () => area.setBox(box));
  takeOutlines(area);
  return area;
}

// GeoJSON that is pasted, typed, opened or dropped anywhere on the page.
function takeOutlines(area) {
  function take(text) {
    outlineSaid.className = "note";
    try {
      const polygons = readGeoJson(text);
      area.setPolygons(polygons, true);
      outlineSaid.textContent = t("Taken: polygons {0}, points {1}.", polygons.length, polygons.flat().reduce((sum, one) => sum + one.length, 0));
    } catch (fault) {
      outlineSaid.className = "fault small";
      outlineSaid.textContent = fault.message;
    }
  }

  async function open(file) {
    $("outlines").open = true;
    if (file.size > 8e6) {
      outlineSaid.className = "fault small";
      outlineSaid.textContent = t("The file is too large.");
      return;
    }
    take(await file.text());
  }

  outline.addEventListener("input", () => { if (outline.value.trim()) take(outline.value); });
  $("outline-file").addEventListener("change", (event) => { if (event.target.files[0]) open(event.target.files[0]); });
  const page = document.documentElement;
  addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.items].some((item) => item.kind === "file")) return;
    event.preventDefault();
    page.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) page.classList.remove("dropping"); });
  addEventListener("drop", (event) => {
    page.classList.remove("dropping");
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    open(file);
  });
  // Ctrl-V anywhere but in a field.
  addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain").trim();
    if (event.target.closest?.("input, textarea") || !text.startsWith("{")) return;
    $("outlines").open = true;
    take(text);
  });
}

// The area of a link; null where it has none that can be read.
export function areaOfLink(given) {
  try {
    if (given.get("area")) return { polygons: fromWord(given.get("area")) };
  } catch {
    return null;
  }
  const sides = given.get("bbox")?.split(",").map(Number);
  return sides?.length === 4 && sides.every(Number.isFinite)
    ? { box: Object.fromEntries(SIDES.map((side, at) => [side, sides[at]])) } : null;
}
