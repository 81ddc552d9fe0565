// The objects of a map by table, drawn as the style draws them on the web, with what is known of each.
(function () {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const about = read("about");
  const styles = read("styles");
  const tables = read("tables");
  const evaluate = window.osm2cdrEvaluate;
  // A map of 256 pixels is as large as one of 512 at one zoom less.
  const ZOOM = 1;
  const LEGEND_ZOOM = 15;
  // A tenth of a zoom, so that the map fills its window.
  const map = L.map("map", {
    preferCanvas: true, attributionControl: false, zoomControl: false, maxZoom: 20, zoomSnap: 0.1,
  });
  map.getContainer().style.background = about.ground;
  const escaped = (text) => {
    const place = document.createElement("span");
    place.textContent = text;
    return place.innerHTML;
  };
  const element = (name, text, parent) => {
    const made = document.createElement(name);
    if (text !== undefined) {
      made.textContent = text;
      // Names are written in either direction, and change nothing beside them.
      made.dir = "auto";
    }
    if (parent) parent.append(made);
    return made;
  };

  const nameOf = (values) => values[about.name] || values.name;

  function told(table, values) {
    const made = element("div");
    made.className = "object";
    element("h2", nameOf(values) || table.title, made);
    const rows = element("table", undefined, made);
    for (const [key, value] of Object.entries(values)) {
      if (key === "table" || value === null || value === "") continue;
      const row = element("tr", undefined, rows);
      element("td", key, row);
      element("td", String(value), row);
    }
    return made;
  }

  function look(style, values, zoom) {
    const paint = (key, other) => (key in style.paint ? evaluate(style.paint[key], values, zoom) : other);
    if (style.type === "fill") return { stroke: false, fill: true, fillColor: paint("fill-color"), fillOpacity: 1 };
    if (style.type === "circle") {
      return {
        radius: paint("circle-radius", 3), fillColor: paint("circle-color"), fillOpacity: 1,
        color: paint("circle-stroke-color", "#fff"), weight: paint("circle-stroke-width", 0),
      };
    }
    if (style.type === "symbol") {
      return {
        radius: 4.5, fillColor: paint("icon-color", "#666"), fillOpacity: 1,
        color: paint("icon-halo-color", "#fff"), weight: 1.5,
      };
    }
    const weight = paint("line-width", 1);
    const dash = paint("line-dasharray", null);
    return {
      fill: false, stroke: weight > 0, color: paint("line-color"), weight, opacity: 1,
      lineCap: style.layout["line-cap"] || "butt", dashArray: dash ? dash.map((part) => part * weight).join(" ") : null,
    };
  }

  function sorted(features, style, zoom) {
    const key = style.layout["fill-sort-key"] || style.layout["line-sort-key"];
    if (!key) return features;
    const order = (feature) => evaluate(key, feature.properties, zoom);
    return features.map((one) => [order(one), one]).sort((a, b) => a[0] - b[0]).map((pair) => pair[1]);
  }

  const zoomNow = () => map.getZoom() - ZOOM;
  const shown = (style, zoom) => zoom >= (style.minzoom || 0) && zoom < (style.maxzoom || 24);
  const parts = [];

  function named(style, features) {
    const group = L.featureGroup();
    for (const feature of features) {
      const text = element("span", evaluate(style.layout["text-field"], feature.properties, style.minzoom || 0));
      text.style.color = style.paint["text-color"];
      const halo = style.paint["text-halo-color"];
      if (halo) text.style.textShadow = `0 0 3px ${halo}, 0 0 3px ${halo}, 0 0 3px ${halo}`;
      const [lon, lat] = feature.geometry.coordinates;
      const mark = L.circleMarker([lat, lon], { radius: 3, stroke: false, fillOpacity: 0 });
      mark.feature = feature;
      mark.bindTooltip(text, { permanent: true, direction: "center", className: "place" });
      group.addLayer(mark);
    }
    return group;
  }

  function drawn(style, features) {
    return L.geoJSON(sorted(features, style, 15), {
      style: (feature) => look(style, feature.properties, zoomNow()),
      pointToLayer: (feature, place) => L.circleMarker(place),
    });
  }

  function part(table, group, style, features) {
    const made = style.type === "symbol" && style.named ? named(style, features) : drawn(style, features);
    if (!style.named) {
      made.eachLayer((layer) => {
        const name = nameOf(layer.feature.properties);
        if (name) layer.bindTooltip(element("span", name), { sticky: true });
      });
    }
    made.bindPopup((layer) => told(table, layer.feature.properties), { maxWidth: 380, maxHeight: 320 });
    parts.push({ made, style, group });
  }

  const narrow = window.matchMedia("(max-width: 900px), (max-height: 600px)").matches;
  const bounds = L.latLngBounds([[about.bounds[1], about.bounds[0]], [about.bounds[3], about.bounds[2]]]);
  map.fitBounds(bounds, { padding: [8, 8] });
  const overlays = {};
  const groups = {};
  const data = {};
  for (const table of tables) {
    data[table.name] = read(`table-${table.name}`).features;
    groups[table.name] = L.layerGroup();
    overlays[escaped(`${table.title} (${data[table.name].length})`)] = groups[table.name];
  }
  const byName = Object.fromEntries(tables.map((table) => [table.name, table]));
  for (const style of styles) {
    const found = data[style.table].filter(
      (feature) => !style.filter || evaluate(style.filter, feature.properties, zoomNow()),
    );
    if (found.length) part(byName[style.table], groups[style.table], style, found);
  }

  // What is above stays above, whatever was switched on last.
  function arrange() {
    const zoom = zoomNow();
    for (const { made, style, group } of parts) {
      const wanted = shown(style, zoom);
      if (wanted !== group.hasLayer(made)) {
        if (wanted) group.addLayer(made);
        else group.removeLayer(made);
      }
      if (wanted && map.hasLayer(group)) {
        if (made.setStyle && !style.named) {
          made.eachLayer((layer) => {
            const now = look(style, layer.feature.properties, zoom);
            layer.setStyle(now);
            if (now.radius !== undefined && layer.setRadius) layer.setRadius(now.radius);
          });
        }
        made.bringToFront();
      }
    }
  }

  for (const table of tables) if (!table.hidden) groups[table.name].addTo(map);
  arrange();
  map.on("zoomend overlayadd", arrange);

  function placed(position, made) {
    const control = L.control({ position });
    control.onAdd = () => {
      L.DomEvent.disableClickPropagation(made);
      L.DomEvent.disableScrollPropagation(made);
      return made;
    };
    control.addTo(map);
    return made;
  }

  const title = element("h1", about.title);
  title.className = "title";
  placed("topleft", title);
  L.control.zoom().addTo(map);
  const chosen = L.control.layers(null, overlays, { sortLayers: false }).addTo(map);
  const button = chosen.getContainer().querySelector("a");
  button.title = about.layers;
  button.setAttribute("aria-label", about.layers);
  L.control.scale().addTo(map);
  L.control.attribution({ prefix: false }).addTo(map).addAttribution(escaped(about.credit));

  // A kind as the map has it: all layers that draw it, on the map's ground.
  function swatch(feature, layers) {
    const svg = (name, values, parent) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(values)) if (value) made.setAttribute(key, value);
      if (parent) parent.append(made);
      return made;
    };
    const made = svg("svg", { width: 30, height: 14, "aria-hidden": "true" });
    svg("rect", { width: 30, height: 14, fill: about.ground }, made);
    for (const style of layers) {
      const now = look(style, feature.properties, LEGEND_ZOOM);
      if (style.type === "fill") svg("rect", { width: 30, height: 14, fill: now.fillColor }, made);
      else if (style.type === "line") {
        const values = { stroke: now.color, "stroke-width": Math.min(now.weight, 11), "stroke-dasharray": now.dashArray };
        if (now.stroke) svg("line", { x1: -3, y1: 7, x2: 33, y2: 7, ...values }, made);
      } else {
        const values = { fill: now.fillColor, stroke: now.color, "stroke-width": now.weight };
        svg("circle", { cx: 15, cy: 7, r: Math.min(now.radius, 5), ...values }, made);
      }
    }
    return made;
  }

  function legend() {
    const box = element("details");
    box.className = "legend";
    element("summary", about.legend, box);
    const list = element("div", undefined, box);
    // Of what lies on a bridge or in a tunnel the plain one is shown.
    const plain = (feature) => (feature.properties.tunnel || feature.properties.bridge ? 1 : 0);
    for (const table of tables) {
      const own = styles.filter((one) => one.table === table.name && !one.named && shown(one, LEGEND_ZOOM));
      const seen = new Set();
      for (const feature of [...data[table.name]].sort((one, other) => plain(one) - plain(other))) {
        const kind = feature.properties.kind;
        if (seen.has(kind)) continue;
        seen.add(kind);
        const layers = own.filter((one) => !one.filter || evaluate(one.filter, feature.properties, LEGEND_ZOOM));
        if (!layers.some((one) => one.legend)) continue;
        const row = element("p", undefined, list);
        row.append(swatch(feature, layers));
        element("span", table.kinds[kind] || table.title, row);
      }
    }
    return box;
  }

  const shownLegend = placed("bottomleft", legend());
  shownLegend.open = !narrow;

  // The whole map beside the legend, as large as it fits; on a small window the credit lies beneath what is at the left.
  function arrangeWindow() {
    const [box, credit] = [".legend", ".leaflet-control-attribution"].map((name) => document.querySelector(name));
    const left = shownLegend.open ? box.offsetWidth + 20 : 8;
    const corner = document.querySelector(".leaflet-bottom.leaflet-left");
    corner.style.bottom = credit.offsetWidth > window.innerWidth / 2 ? `${credit.offsetHeight}px` : 0;
    const below = shownLegend.open ? credit.offsetHeight : Math.max(window.innerHeight - box.getBoundingClientRect().top, 0);
    const above = title.offsetWidth + 20 > left ? title.offsetHeight + 18 : 8;
    return { paddingTopLeft: [left, above], paddingBottomRight: [8, below + 8] };
  }

  map.setMaxBounds(null);
  map.fitBounds(bounds, { ...arrangeWindow(), animate: false });
  map.setMaxBounds(bounds.pad(1));
  map.on("resize", arrangeWindow);
  window.osm2cdrMap = map;
  window.osm2cdrGroups = groups;
})();
