// The meshes of a scene, lit by a sun that can be moved: layers to switch, views, and what is known of each building.
(function () {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const about = read("about");
  const words = about.words;
  const place = document.getElementById("map");
  const element = (name, parent, text, id) => {
    const made = document.createElement(name);
    if (text !== undefined) {
      made.textContent = text;
      // Names are written in either direction, and change nothing beside them.
      made.dir = "auto";
    }
    if (id) made.id = id;
    if (parent) parent.append(made);
    return made;
  };
  element("div", place, about.credit, "credit");

  const canvas = element("canvas", place);
  canvas.tabIndex = 0;
  canvas.setAttribute("aria-label", `${document.title}. ${words.turn}`);
  let renderer;
  try {
    renderer = new THREE.WebGLRenderer({ canvas, antialias: true });
  } catch (error) {
    element("p", place, words.none, "fault").className = "panel";
    return;
  }
  renderer.outputEncoding = THREE.sRGBEncoding;
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = THREE.PCFSoftShadowMap;
  const colored = (text) => new THREE.Color(text).convertSRGBToLinear();
  const scene = new THREE.Scene();
  scene.background = colored(about.sky);
  // East, north and up become x, -z and y.
  const world = new THREE.Group();
  world.rotation.x = -Math.PI / 2;
  scene.add(world);

  const [low, high] = [about.low, about.high];
  const size = Math.max(high[0] - low[0], high[1] - low[1], high[2] - low[2], 1);
  const middle = new THREE.Vector3((low[0] + high[0]) / 2, 0, -(low[1] + high[1]) / 2);
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
  const looks = read("materials").map((one) => new THREE.MeshLambertMaterial({
    color: colored(one.color), flatShading: true, polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1,
  }));
  looks.forEach((look, number) => { look.name = read("materials")[number].name; });
  const EDGES = 1500000;
  const layers = {};
  const used = new Set();

  function layer(told) {
    const data = read(told.id);
    const group = new THREE.Group();
    group.name = told.name;
    const geometry = new THREE.BufferGeometry();
    geometry.setAttribute("position", new THREE.BufferAttribute(new Float32Array(bytes(data.points)), 3));
    const triangles = new Uint32Array(bytes(data.triangles));
    geometry.setIndex(new THREE.BufferAttribute(triangles, 1));
    let start = 0;
    for (const [material, count] of data.groups) {
      geometry.addGroup(3 * start, 3 * count, material);
      start += count;
      used.add(material);
    }
    const mesh = new THREE.Mesh(geometry, looks);
    mesh.castShadow = true;
    mesh.receiveShadow = true;
    group.add(mesh);
    if (data.parts) {
      mesh.userData.parts = new Uint32Array(bytes(data.parts));
      // Lines along the edges let each house be seen; of very many they would take too long.
      if (triangles.length < EDGES) {
        const line = new THREE.LineBasicMaterial({ color: colored(about.line) });
        group.add(new THREE.LineSegments(new THREE.EdgesGeometry(geometry, 25), line));
      }
    }
    world.add(group);
    return group;
  }

  const told = read("layers");
  for (const one of told) layers[one.name] = layer(one);
  if (!layers.ground) {
    const margin = size * 0.03;
    const ground = new THREE.Mesh(
      new THREE.PlaneGeometry(high[0] - low[0] + 2 * margin, high[1] - low[1] + 2 * margin),
      new THREE.MeshLambertMaterial({ color: colored(about.land) }),
    );
    ground.position.set((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, Math.min(0, low[2]) - 0.1);
    ground.receiveShadow = true;
    world.add(ground);
  }

  const sky = new THREE.HemisphereLight(0xffffff, colored(about.land), 0.55);
  const sun = new THREE.DirectionalLight(0xffffff, 0.75);
  sun.castShadow = true;
  sun.shadow.mapSize.set(4096, 4096);
  const reach = size * 0.75;
  Object.assign(sun.shadow.camera, { left: -reach, right: reach, top: reach, bottom: -reach, near: 0, far: 4 * size });
  sun.shadow.normalBias = size / 2500;
  sun.target.position.copy(middle);
  scene.add(sky, sun, sun.target);

  const camera = new THREE.PerspectiveCamera(40, 1, size / 2000, size * 20);
  const controls = new THREE.OrbitControls(camera, canvas);
  controls.maxPolarAngle = Math.PI / 2 - 0.01;
  controls.maxDistance = size * 6;
  controls.minDistance = Math.min(5, size / 10);
  controls.screenSpacePanning = false;
  controls.zoomToCursor = true;
  controls.listenToKeyEvents(canvas);
  // Pixels that the middle of the model stands to the right of the picture's: half of what the panel takes.
  let shift = 0;
  function fit() {
    const [width, height] = [place.clientWidth || 1, place.clientHeight || 1];
    camera.aspect = width / height;
    camera.setViewOffset(width, height, -shift, 0, width, height);
    camera.updateProjectionMatrix();
  }
  // Seen from (degrees from north, clockwise; degrees above the ground).
  function look(from, above) {
    // All corners of the model have to fit into what the panel leaves of the picture.
    const [wide, tall] = [place.clientWidth || 1, place.clientHeight || 1];
    const panel = document.getElementById("side");
    const taken = panel && wide > 700 ? panel.offsetLeft + panel.offsetWidth : 0;
    const half = Math.tan(THREE.MathUtils.degToRad(camera.fov / 2));
    const across = half * (wide - taken) / tall;
    const [turn, rise] = [THREE.MathUtils.degToRad(from), THREE.MathUtils.degToRad(above)];
    const back = new THREE.Vector3(Math.cos(rise) * Math.sin(turn), Math.sin(rise), -Math.cos(rise) * Math.cos(turn));
    const right = new THREE.Vector3(back.z, 0, -back.x).normalize();
    const up = back.clone().cross(right);
    let away = 0;
    for (const x of [low[0], high[0]]) for (const y of [low[1], high[1]]) for (const z of [low[2], high[2]]) {
      const corner = new THREE.Vector3(x, z, -y).sub(middle);
      const needed = Math.max(Math.abs(corner.dot(right)) / across, Math.abs(corner.dot(up)) / half);
      away = Math.max(away, corner.dot(back) + needed * 1.05);
    }
    shift = taken / 2;
    fit();
    controls.target.copy(middle);
    camera.position.copy(back).multiplyScalar(away).add(middle);
    controls.update();
  }

  let waiting = false;
  const arrow = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  function draw() {
    waiting = false;
    arrow.style.transform = `rotate(${controls.getAzimuthalAngle()}rad)`;
    renderer.render(scene, camera);
  }
  function redraw() {
    if (!waiting) requestAnimationFrame(draw);
    waiting = true;
  }
  function resize() {
    const [width, height] = [place.clientWidth || 1, place.clientHeight || 1];
    renderer.setPixelRatio(Math.min(window.devicePixelRatio || 1, 2));
    renderer.setSize(width, height, false);
    fit();
    redraw();
  }
  controls.addEventListener("change", redraw);
  window.addEventListener("resize", resize);

  const side = element("div", place, undefined, "side");
  side.className = "panel";
  element("h1", side, document.title);
  const box = element("details", side);
  box.open = !window.matchMedia("(max-width: 700px)").matches;
  element("summary", box, words.layers);
  for (const one of told) {
    const row = element("label", box);
    const check = element("input", row);
    check.type = "checkbox";
    check.checked = true;
    element("span", row, ` ${one.title} (${one.count})`);
    check.addEventListener("change", () => {
      layers[one.name].visible = check.checked;
      redraw();
    });
  }
  element("h2", box, words.legend);
  read("materials").forEach((one, number) => {
    if (!used.has(number)) return;
    const row = element("p", box);
    element("i", row).style.background = one.color;
    element("span", row, one.name);
  });
  element("h2", box, words.light);
  const light = { from: 215, above: 40 };
  function shine() {
    const [turn, rise] = [THREE.MathUtils.degToRad(light.from), THREE.MathUtils.degToRad(light.above)];
    sun.position.set(Math.cos(rise) * Math.sin(turn), Math.sin(rise), -Math.cos(rise) * Math.cos(turn));
    sun.position.multiplyScalar(2 * size).add(middle);
    redraw();
  }
  function slider(text, key, least, most) {
    const row = element("label", box, text);
    const input = element("input", row);
    Object.assign(input, { type: "range", min: least, max: most, value: light[key] });
    input.addEventListener("input", () => {
      light[key] = Number(input.value);
      shine();
    });
  }
  slider(words.from, "from", 0, 360);
  slider(words.above, "above", 5, 90);
  const shade = element("label", box);
  const shadows = element("input", shade);
  shadows.type = "checkbox";
  shadows.checked = true;
  element("span", shade, ` ${words.shadows}`);
  shadows.addEventListener("change", () => {
    sun.castShadow = shadows.checked;
    redraw();
  });
  element("h2", box, words.view);
  for (const [text, from, above] of [[words.south, 180, 35], [words.west, 270, 35], [words.north, 0, 35], [words.east, 90, 35], [words.top, 180, 89.9]]) {
    const button = element("button", box, text);
    button.type = "button";
    button.addEventListener("click", () => look(from, above));
  }
  arrow.id = "north";
  arrow.setAttribute("viewBox", "-22 -22 44 44");
  arrow.innerHTML = '<circle r="20" fill="#fff" fill-opacity=".85"/><path d="M0-17 6 6 0 2-6 6z" fill="#333"/><text y="17" '
    + 'text-anchor="middle" font-size="11" font-family="sans-serif">N</text>';
  place.append(arrow);

  // What is known of the building that is clicked.
  const known = read("buildings");
  const ray = new THREE.Raycaster();
  const lit = new THREE.Mesh(new THREE.BufferGeometry(), new THREE.MeshBasicMaterial({
    color: 0xff7a00, transparent: true, opacity: 0.6, polygonOffset: true, polygonOffsetFactor: -1, polygonOffsetUnits: -1,
  }));
  lit.visible = false;
  world.add(lit);
  const panel = element("div", place, undefined, "told");
  panel.className = "panel";
  panel.hidden = true;

  function tell(number) {
    panel.hidden = number === undefined;
    lit.visible = number !== undefined;
    panel.replaceChildren();
    redraw();
    if (number === undefined) return;
    const values = known.rows[number];
    const [name, kind, top, levels, id, source] = values;
    const from = { assumed: ` (${words.assumed})`, levels: ` (${words.counted})` }[source] || "";
    element("h2", panel, name || words.building);
    const table = element("table", panel);
    for (const [key, value] of [[words.kind, kind], [words.height, top ? `${top} ${words.metres}${from}` : ""], [words.levels, levels || ""], ["OpenStreetMap", id]]) {
      if (value === "") continue;
      const row = element("tr", table);
      element("td", row, key);
      element("td", row, String(value));
    }
  }

  function pick(x, y) {
    const box = canvas.getBoundingClientRect();
    ray.setFromCamera({ x: ((x - box.left) / box.width) * 2 - 1, y: 1 - ((y - box.top) / box.height) * 2 }, camera);
    const shown = Object.values(layers).filter((group) => group.visible).map((group) => group.children[0]);
    const [hit] = ray.intersectObjects(shown, false);
    const parts = hit && hit.object.userData.parts;
    const number = parts && known.of[parts[hit.faceIndex]];
    if (number !== undefined) {
      const whole = hit.object.geometry.index.array;
      const mine = [];
      parts.forEach((part, at) => { if (known.of[part] === number) mine.push(whole[3 * at], whole[3 * at + 1], whole[3 * at + 2]); });
      lit.geometry.dispose();
      lit.geometry = new THREE.BufferGeometry();
      lit.geometry.setAttribute("position", hit.object.geometry.getAttribute("position"));
      lit.geometry.setIndex(mine);
    }
    tell(number);
    return number;
  }
  let down;
  canvas.addEventListener("pointerdown", (event) => { down = [event.clientX, event.clientY]; });
  canvas.addEventListener("pointerup", (event) => {
    if (event.button === 0 && down && Math.hypot(event.clientX - down[0], event.clientY - down[1]) < 4) pick(event.clientX, event.clientY);
  });

  resize();
  look(180, 35);
  shine();
  window.osm2cdrScene = { scene, camera, renderer, layers, look, pick, draw, known };
})();
