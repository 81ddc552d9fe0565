
// The page: the sheet in the window, which is moved by pointer, wheel and keys, and layers that are switched off.
(() => {
  const canvas = document.getElementById("map");
  const c = canvas.getContext("2d");
  // The upper layer has the first box.
  const boxes = [...document.querySelectorAll("#layers input")].reverse();
  const here = document.getElementById("here");
  const still = document.createElement("canvas");
  const MOST = 60, SLOW = 40, QUIET = 120, STEP = 1.25, MOVE = 60;
  let view = { zoom: 1, x: 0, y: 0 }, kept = null, took = 0, waiting = 0, timer = 0, fitted = true;

  const ratio = () => window.devicePixelRatio || 1;

  /** The zoom and place in which the whole sheet is seen. */
  function whole() {
    const [width, height] = [canvas.clientWidth, canvas.clientHeight - document.querySelector("footer").offsetHeight];
    const zoom = Math.max(Math.min(width / sheet.width, height / sheet.height), 1e-3);
    return { zoom, x: (width - sheet.width * zoom) / 2, y: (height - sheet.height * zoom) / 2 };
  }

  /** Every layer that is not switched off, on a context in points. */
  function drawMap(target) {
    target.fillStyle = sheet.background;
    target.fillRect(0, 0, sheet.width, sheet.height);
    layers.forEach((layer, index) => {
      if (!boxes[index].checked) return;
      target.save();
      target.beginPath();
      target.rect(...(layer.clipped ? sheet.frame : [0, 0, sheet.width, sheet.height]));
      target.clip();
      layer.draw(target);
      target.restore();
    });
  }

  function place(target) {
    const dots = ratio();
    target.setTransform(dots * view.zoom, 0, 0, dots * view.zoom, dots * view.x, dots * view.y);
  }

  /** Anew, at the window's own dots. */
  function redraw() {
    waiting = 0;
    const begun = performance.now(), dots = ratio();
    const size = [Math.round(canvas.clientWidth * dots), Math.round(canvas.clientHeight * dots)];
    if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, canvas.width, canvas.height);
    place(c);
    drawMap(c);
    [still.width, still.height] = size;
    still.getContext("2d").drawImage(canvas, 0, 0);
    kept = { ...view };
    took = performance.now() - begun;
    document.documentElement.dataset.drawn = "yes";
  }

  /** What was drawn, moved to where it belongs, until there is time to draw anew. */
  function preview() {
    const dots = ratio(), by = view.zoom / kept.zoom;
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, canvas.width, canvas.height);
    c.setTransform(by, 0, 0, by, dots * (view.x - kept.x * by), dots * (view.y - kept.y * by));
    c.drawImage(still, 0, 0);
  }

  function show() {
    clearTimeout(timer);
    if (kept && took > SLOW) {
      preview();
      timer = setTimeout(redraw, QUIET);
    } else if (!waiting) waiting = requestAnimationFrame(redraw);
  }

  function zoomBy(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
    const least = whole().zoom / 2;
    const zoom = Math.min(Math.max(view.zoom * factor, least), MOST);
    const by = zoom / view.zoom;
    view = { zoom, x: x - (x - view.x) * by, y: y - (y - view.y) * by };
    fitted = false;
    show();
  }

  function moveBy(x, y) {
    view = { ...view, x: view.x + x, y: view.y + y };
    fitted = false;
    show();
  }

  function fit() {
    view = whole();
    fitted = true;
    show();
  }

  /** Says what is called by a name at a place of the window. */
  function tell(x, y) {
    const dots = ratio(), hidden = document.createElement("canvas").getContext("2d");
    place(hidden);
    asked = { x: x * dots, y: y * dots, name: "" };
    drawMap(hidden);
    here.textContent = asked.name;
    asked = null;
  }

  const pointers = new Map();
  let begun = null;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
    begun = pointers.size === 1 ? [event.offsetX, event.offsetY] : null;
    canvas.classList.add("moved");
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = [event.offsetX, event.offsetY];
    const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
    pointers.set(event.pointerId, now);
    if (other) {
      const far = (one) => Math.max(Math.hypot(one[0] - other[0], one[1] - other[1]), 1);
      zoomBy(far(now) / far(before), other[0], other[1]);
    } else moveBy(now[0] - before[0], now[1] - before[1]);
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(kind, (event) => {
      pointers.delete(event.pointerId);
      canvas.classList.toggle("moved", pointers.size > 0);
      const at = [event.offsetX, event.offsetY];
      if (kind === "pointerup" && begun && Math.hypot(at[0] - begun[0], at[1] - begun[1]) < 4) tell(...at);
      begun = null;
    });
  }
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomBy(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), event.offsetX, event.offsetY);
  }, { passive: false });
  const keys = {
    "+": () => zoomBy(STEP), "=": () => zoomBy(STEP), "-": () => zoomBy(1 / STEP), 0: fit, Home: fit,
    ArrowLeft: () => moveBy(MOVE, 0), ArrowRight: () => moveBy(-MOVE, 0), ArrowUp: () => moveBy(0, MOVE),
    ArrowDown: () => moveBy(0, -MOVE), Enter: () => tell(canvas.clientWidth / 2, canvas.clientHeight / 2),
  };
  canvas.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.getElementById("in").addEventListener("click", () => zoomBy(STEP));
  document.getElementById("out").addEventListener("click", () => zoomBy(1 / STEP));
  document.getElementById("whole").addEventListener("click", fit);
  document.getElementById("layers").addEventListener("change", () => {
    took = 0;
    show();
  });
  addEventListener("resize", () => (fitted ? fit() : show()));
  view = whole();
  redraw();
})();
