// A map that needs no server: style, glyphs, icons and tiles stand in this page, or in scripts that lie beside it.
(function () {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const about = read("about");
  const files = read("files");
  const tiles = about.folder ? {} : read("tiles");
  const waiting = {};
  const EMPTY = new ArrayBuffer(0);

  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  async function unpacked(text) {
    const stream = new Blob([bytes(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  }

  // What a script of the folder calls: a fetch of a file from a file is forbidden, a script is not.
  window.osm2cdrTile = (place, text) => waiting[place] && waiting[place](text);

  function fromFolder(place) {
    return new Promise((resolve) => {
      const script = document.createElement("script");
      const done = (text) => {
        delete waiting[place];
        script.remove();
        resolve(text);
      };
      waiting[place] = done;
      script.onload = script.onerror = () => waiting[place] && done("");
      script.src = `${about.folder}/${place.replace(/\//g, "_")}.js`;
      document.head.append(script);
    });
  }

  async function load(request) {
    const path = decodeURIComponent(request.url.slice("map://".length));
    if (path.startsWith("tiles/")) {
      const place = path.slice("tiles/".length);
      const text = about.folder ? await fromFolder(place) : tiles[place];
      return { data: text ? await unpacked(text) : EMPTY };
    }
    const text = files[path.slice("files/".length).replace("@2x", "")];
    if (path.endsWith(".json")) {
      return { data: JSON.parse(new TextDecoder().decode(bytes(text))) };
    }
    return { data: text ? bytes(text).buffer : EMPTY };
  }

  function failed(reason) {
    const told = document.createElement("p");
    told.className = "failed";
    told.textContent = `${about.words.failed} ${reason}`;
    document.getElementById("map").replaceChildren(told);
  }

  // Arabic and Hebrew names are joined and put in order by a plugin, which the workers load.
  const turned = document.getElementById("turned");
  if (turned) {
    // A worker of a page that is a file may load no blob of it.
    const script = encodeURIComponent(JSON.parse(turned.textContent));
    maplibregl.setRTLTextPlugin(`data:text/javascript;charset=utf-8,${script}`, false).catch(() => {});
  }
  maplibregl.addProtocol("map", load);
  const [west, south, east, north] = about.bounds;
  const [wide, high] = [east - west, north - south];
  try {
    const map = new maplibregl.Map({
      container: "map",
      style: read("style"),
      bounds: [[west, south], [east, north]],
      fitBoundsOptions: { padding: 20 },
      maxBounds: [
        [Math.max(west - wide, -180), Math.max(south - high, -85)],
        [Math.min(east + wide, 180), Math.min(north + high, 85)],
      ],
      minZoom: Math.max(about.minzoom - 2, 0),
      maxZoom: 20,
      hash: true,
      locale: about.words,
      // Whose data it is stands with the tiles.
      attributionControl: { compact: false },
    });
    map.addControl(new maplibregl.NavigationControl());
    map.addControl(new maplibregl.ScaleControl());
    map.keyboard.enable();
    window.osm2cdrMap = map;
  } catch (error) {
    failed(error.message);
  }
})();
