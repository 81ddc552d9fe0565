// The page on which a map is made.
import { areaOfLink, makeArea } from "./area.js";
import { call } from "./calls.js";
import { makeFormats } from "./formats.js";
import { makeLayers } from "./layers.js";
import { showLooks } from "./looks.js";
import { base, makeMap } from "./map.js";
import { areaRound, makeSearch } from "./search.js";
import { askSheet } from "./sheet.js";
import { copy } from "./site.js";
import { follow } from "./task.js";
import { size, span, t } from "./texts.js";

const known = JSON.parse(document.getElementById("known").textContent);
known.formats = JSON.parse(document.getElementById("catalogue").textContent);
const $ = (id) => document.getElementById(id);
const given = new URLSearchParams(location.search);
const chosen = new Set((given.get("formats") ?? "svg").split(",").filter(Boolean));
const tier = known.tiers.find((one) => one.id === known.tier);
const FIELDS = ["style", "detail", "page", "title", "orientation", "language"];
// Languages by their own names, and that of the page.
const tongues = new Intl.DisplayNames([document.documentElement.lang], { type: "language" });
for (const one of $("language").options) if (one.value) one.textContent = tongues.of(one.value);
for (const id of FIELDS) {
  const word = given.get(id), field = $("maker").elements[id];
  if (word && (id !== "style" || [...field].some((one) => one.value === word))) field.value = word;
}

const link = areaOfLink(given);
const example = Object.fromEntries(["west", "south", "east", "north"].map((side, at) => [side, known.example[at]]));
let map = null;
const area = makeArea(known, changed, (box) => map?.go(box));
makeMap(known.example, {
  onBox(box) { stopDrawing(); area.setBox(box); },
  onPolygon(polygons) { stopDrawing(); area.setPolygons(polygons); },
  onEnd() { stopDrawing(); map.show(area.shape); },
}).then((made) => {
  map = made;
  if (!map) return;
  for (const tool of [...tools, $("view")]) tool.disabled = false;
  map.show(area.shape);
  if (area.box) map.go(area.box);
  map.map.once("load", () => base(map.map, $("maker").elements.style.value));
});
const layers = makeLayers(given.get("layers"), changed);

function changed() {
  map?.show(area.shape);
  soon();
}

function request() {
  const value = (id) => $(id).value.trim();
  const config = { ...layers.request() };
  if (value("page")) config.page = value("page");
  if (value("page") && value("orientation") !== "auto") config.orientation = value("orientation");
  for (const id of ["title", "language"]) if (value(id)) config[id] = value(id);
  return {
    ...area.request(), formats: [...chosen], map_style: $("maker").elements.style.value,
    detail_level: Number($("detail").value), config,
  };
}

function choice() {
  const words = {
    formats: [...chosen].join(","), style: $("maker").elements.style.value, detail: $("detail").value,
    page: $("page").value, orientation: $("page").value ? $("orientation").value : "", title: $("title").value.trim(),
    language: $("language").value, ...layers.words(), ...area.words(),
  };
  return new URLSearchParams(Object.entries(words).filter(([, word]) => word));
}

let timer = 0, asked = 0;

// What it would take, a moment after the last change; an answer that came too late is nobody's.
function soon() {
  clearTimeout(timer);
  // What was wrong with another choice.
  $("fault").hidden = true;
  timer = setTimeout(async () => {
    history.replaceState(null, "", `?${choice()}`);
    const mine = ++asked;
    showLooks(area.box && area.isCovered ? area.box : null);
    if (!area.box || !tier || !area.isCovered) {
      $("guess").textContent = "";
      askSheet(null);
      return;
    }
    askSheet({ ...request(), formats: ["svg"] });
    if (!chosen.size) {
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
  }, 350);
}

const WORDS = [t("overview"), t("region"), t("city"), t("district"), t("quarter"), t("site")];

function tellDetail() {
  $("detail-word").textContent = WORDS[$("detail").value - 1];
  $("detail").setAttribute("aria-valuetext", WORDS[$("detail").value - 1]);
}

const tools = [...document.querySelectorAll("[data-draw]")];

function stopDrawing() {
  for (const tool of tools) tool.setAttribute("aria-pressed", "false");
}

for (const tool of tools) {
  tool.disabled = true;
  tool.addEventListener("click", () => {
    const mode = tool.getAttribute("aria-pressed") === "true" ? "" : tool.dataset.draw;
    for (const other of tools) other.setAttribute("aria-pressed", String(other.dataset.draw === mode));
    map.drawing.setMode(mode);
    map.show(mode === "polygon" ? null : area.shape);
  });
}
$("view").disabled = true;
$("view").addEventListener("click", () => area.setBox(map.view()));
makeFormats(known, chosen, soon);
makeSearch((place) => {
  const [x, y] = [(place.box[0] + place.box[2]) / 2, (place.box[1] + place.box[3]) / 2];
  const source = known.sources.find(({ box: has }) => has && has[0] < x && x < has[2] && has[1] < y && y < has[3]);
  area.setBox(areaRound(place, tier?.km2 ?? 25, source?.box), { move: true });
});
$("maker").addEventListener("change", (event) => {
  if (event.target.name === "style" && map) base(map.map, event.target.value);
  $("orientation").disabled = !$("page").value;
  soon();
});
$("title").addEventListener("input", soon);
$("detail").addEventListener("input", tellDetail);
$("share").addEventListener("click", () => copy(`${location.origin}/export?${choice()}`, $("share")));
$("maker").addEventListener("submit", async (event) => {
  event.preventDefault();
  const fault = $("fault");
  fault.hidden = true;
  const wrong = !area.box ? t("Choose an area first: draw a box on the map.")
    : !area.isCovered ? t("This server has no map data of that place.") : !chosen.size ? t("Choose one format or more.")
    : layers.isEmpty ? t("Choose one layer or more.") : "";
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
$("orientation").disabled = !$("page").value;
// Where nothing was chosen yet, a box that works: whoever presses the button at once has a map.
if (link?.polygons) area.setPolygons(link.polygons, true);
else area.setBox(link?.box ?? example, { move: true });
