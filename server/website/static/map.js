// The map, and the box on it.
import { call } from "./calls.js";
import { t } from "./texts.js";

const state = document.getElementById("map-state");
const stage = document.querySelector(".stage");
const BOX = "osm2cdr-box";

function empty() {
  return { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": "#e8eae6" } }] };
}

function ring({ west, south, east, north }) {
  return [[west, south], [east, south], [east, north], [west, north], [west, south]];
}

function feature(box) {
  const coordinates = box ? [ring(box)] : [];
  return { type: "FeatureCollection", features: box ? [{ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates } }] : [] };
}

function tell(text) {
  state.textContent = text;
  state.hidden = !text;
}

// A map with `onBox`, who hears of each box that is drawn; null where this browser has no WebGL.
export function makeMap(start, onBox) {
  let map;
  try {
    map = new maplibregl.Map({
      container: "map", style: empty(), bounds: [[start[0], start[1]], [start[2], start[3]]], attributionControl: false,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, fitBoundsOptions: { padding: 40 },
    });
  } catch {
    tell(t("This browser cannot show the map; type the sides of the area."));
    return null;
  }
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibregl.AttributionControl({ compact: false, customAttribution: "© OpenStreetMap contributors" }));
  map.addControl(new maplibregl.ScaleControl(), "bottom-left");
  let box = null;
  map.on("styledata", () => {
    if (map.getSource(BOX)) return;
    map.addSource(BOX, { type: "geojson", data: feature(box) });
    map.addLayer({ id: `${BOX}-fill`, type: "fill", source: BOX, paint: { "fill-color": "#0b6e63", "fill-opacity": 0.14 } });
    map.addLayer({ id: `${BOX}-halo`, type: "line", source: BOX, paint: { "line-color": "#ffffff", "line-width": 5, "line-opacity": 0.8 } });
    map.addLayer({ id: `${BOX}-line`, type: "line", source: BOX, paint: { "line-color": "#0b6e63", "line-width": 2.5 } });
  });

  function show(next) {
    box = next;
    map.getSource(BOX)?.setData(feature(box));
  }

  function draw(active) {
    stage.classList.toggle("drawing", active);
    map.dragPan[active ? "disable" : "enable"]();
  }

  let first = null;
  function corners(point) {
    const one = map.unproject(first), other = map.unproject(point);
    return {
      west: Math.min(one.lng, other.lng), east: Math.max(one.lng, other.lng),
      south: Math.min(one.lat, other.lat), north: Math.max(one.lat, other.lat),
    };
  }
  const surface = map.getCanvasContainer();
  function at(event) {
    const side = surface.getBoundingClientRect();
    return [event.clientX - side.left, event.clientY - side.top];
  }
  surface.addEventListener("pointerdown", (event) => {
    if (!stage.classList.contains("drawing") || !event.isPrimary) return;
    first = at(event);
    surface.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  surface.addEventListener("pointermove", (event) => { if (first) show(corners(at(event))); });
  surface.addEventListener("pointerup", (event) => {
    if (!first) return;
    const last = at(event), moved = Math.hypot(last[0] - first[0], last[1] - first[1]);
    const drawn = corners(last);
    first = null;
    if (moved > 8) onBox(drawn, true);
  });
  return {
    map, show, draw,
    view() {
      const seen = map.getBounds();
      return { west: seen.getWest(), south: seen.getSouth(), east: seen.getEast(), north: seen.getNorth() };
    },
    go(one) {
      map.fitBounds([[one.west, one.south], [one.east, one.north]], { padding: 48, duration: 0 });
    },
  };
}

function addressed(style, name) {
  const base = `${location.origin}/site/maps/${name}/`;
  const sources = Object.fromEntries(Object.entries(style.sources).map(([key, source]) => [key, {
    ...source, tiles: source.tiles.map((tile) => (tile.includes("://") ? tile : base + tile)), attribution: "",
  }]));
  return {
    ...style, sources,
    glyphs: style.glyphs && base + style.glyphs.replace(/^\.?\//, ""),
    sprite: style.sprite && base + style.sprite.replace(/^\.?\//, ""),
  };
}

let wanted = "";

// Lay the map of a style under the box, as soon as the server has made it.
export async function base(map, style) {
  wanted = style;
  for (;;) {
    let found;
    try {
      found = await call("GET", `/site/map/${style}`);
    } catch {
      found = { state: "none" };
    }
    if (wanted !== style) return;
    if (found.state === "ready") {
      tell("");
      map.setStyle(addressed(found.style, found.map), { diff: false });
      return;
    }
    if (found.state === "none") {
      tell("");
      return;
    }
    tell(t("The map is being drawn: {0} %", found.progress));
    await new Promise((done) => setTimeout(done, 1500));
  }
}
