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
  const map = L.map("map", { preferCanvas: true, attributionControl: false, maxZoom: 20 });
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

  function told(table, values) {
    const made = element("div");
    made.className = "object";
    element("h2", values.name || table.title, made);
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
        const name = layer.feature.properties.name;
        if (name) layer.bindTooltip(element("span", name), { sticky: true });
      });
    }
    made.bindPopup((layer) => told(table, layer.feature.properties), { maxWidth: 380, maxHeight: 320 });
    parts.push({ made, style, group });
  }

  map.fitBounds([[about.bounds[1], about.bounds[0]], [about.bounds[3], about.bounds[2]]]);
  map.setMaxBounds(map.getBounds().pad(1));
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
  const narrow = window.matchMedia("(max-width: 900px), (max-height: 600px)").matches;
  L.control.layers(null, overlays, { collapsed: narrow, sortLayers: false }).addTo(map);
  L.control.scale().addTo(map);
  L.control.attribution({ prefix: false }).addTo(map).addAttribution(escaped(about.credit));

  function legend() {
    const box = element("details");
    box.className = "legend";
    box.open = !narrow;
    element("summary", "Legend", box);
    const list = element("div", undefined, box);
    for (const table of tables) {
      const seen = new Set();
      for (const feature of data[table.name]) {
        const kind = feature.properties.kind;
        if (seen.has(kind)) continue;
        seen.add(kind);
        const style = styles.find((one) => one.table === table.name && one.legend
          && (!one.filter || evaluate(one.filter, feature.properties, 15)));
        if (!style) continue;
        const now = look(style, feature.properties, 15);
        const row = element("p", undefined, list);
        element("i", undefined, row).style.background = now.fillColor || now.color;
        element("span", table.kinds[kind] || table.title, row);
      }
    }
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    return box;
  }

  const control = L.control({ position: "bottomleft" });
  control.onAdd = legend;
  control.addTo(map);
  window.osm2cdrMap = map;
  window.osm2cdrGroups = groups;
})();
