// The map, and the box on it.
import { call } from "./calls.js";
import { makeDrawing } from "./drawing.js";
import { t } from "./texts.js";

const state = document.getElementById("map-state");
const stage = document.querySelector(".stage");
const BOX = "osm2cdr-box";

function empty() {
  return { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": "#e8eae6" } }] };
}

function feature(shape, corners = []) {
  const features = shape?.length ? [{ type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates: shape } }] : [];
  features.push(...corners.map((point) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: point } })));
  return { type: "FeatureCollection", features };
}

function tell(text) {
  state.textContent = text;
  state.hidden = !text;
}

// The library of maps, which is larger than all else: run once the page is painted and its form is at work.
function library() {
  return new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = document.querySelector("link[rel=preload][as=script]").href;
    script.onload = done;
    script.onerror = fail;
    requestAnimationFrame(() => setTimeout(() => document.head.append(script)));
  });
}

// The map; null where it did not come, or this browser has no WebGL. `drawn` are what hears of drawing, see makeDrawing().
export async function makeMap(start, drawn) {
  let map;
  try {
    await library();
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
  let shape = null, marks = [];
  map.on("styledata", () => {
    if (map.getSource(BOX)) return;
    map.addSource(BOX, { type: "geojson", data: feature(shape, marks) });
    map.addLayer({ id: `${BOX}-fill`, type: "fill", source: BOX, paint: { "fill-color": "#0b6e63", "fill-opacity": 0.14 } });
    map.addLayer({ id: `${BOX}-halo`, type: "line", source: BOX, paint: { "line-color": "#ffffff", "line-width": 5, "line-opacity": 0.8 } });
    map.addLayer({ id: `${BOX}-line`, type: "line", source: BOX, paint: { "line-color": "#0b6e63", "line-width": 2.5 } });
    map.addLayer({
      id: `${BOX}-corners`, type: "circle", source: BOX, filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 6, "circle-color": "#ffffff", "circle-stroke-color": "#0b6e63", "circle-stroke-width": 2.5 },
    });
  });

  function show(next, corners = []) {
    [shape, marks] = [next, corners];
    map.getSource(BOX)?.setData(feature(shape, marks));
  }

  const drawing = makeDrawing(map, {
    ...drawn, say: (text) => tell(text),
    onSketch: (sketch, corners) => (sketch || corners.length ? show(sketch, corners) : drawn.onEnd()),
  });
  return {
    map, show, drawing,
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
      const drawn = await fetch(`/site/maps/${found.map}/style.json`).then((answer) => (answer.ok ? answer.json() : null), () => null);
      if (drawn && wanted === style) map.setStyle(addressed(drawn, found.map), { diff: false });
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
