// Drawing on the map: a box by dragging, a polygon by its corners; by mouse, pen and finger.
import { t } from "./texts.js";

const stage = document.querySelector(".stage");
// How near, in pixels, a press is to the first corner that closes the polygon; and what is no drag.
const NEAR = 14, STILL = 8;

// `say` tells what to do next; `onSketch` hears of each change, `onBox` and `onPolygon` of what is done.
export function makeDrawing(map, { say, onSketch, onBox, onPolygon }) {
  const surface = map.getCanvasContainer();
  let mode = "", first = null, corners = [], pressed = null;

  function at(event) {
    const side = surface.getBoundingClientRect();
    return [event.clientX - side.left, event.clientY - side.top];
  }

  function apart(one, other) {
    return Math.hypot(one[0] - other[0], one[1] - other[1]);
  }

  function place(point) {
    const { lng, lat } = map.unproject(point);
    return [Math.max(-180, Math.min(180, lng)), Math.max(-85.06, Math.min(85.06, lat))];
  }

  function boxOf(point) {
    const [one, other] = [place(first), place(point)];
    return {
      west: Math.min(one[0], other[0]), east: Math.max(one[0], other[0]),
      south: Math.min(one[1], other[1]), north: Math.max(one[1], other[1]),
    };
  }

  function ringOf(points) {
    return [...points, points[0]];
  }

  function setMode(next) {
    mode = next;
    first = null;
    corners = [];
    stage.classList.toggle("drawing", Boolean(mode));
    map.dragPan[mode === "box" ? "disable" : "enable"]();
    map.doubleClickZoom[mode ? "disable" : "enable"]();
    say(mode === "polygon" ? t("Press on the map for each corner; press the first one again to end.") : mode === "box" ? t("Drag over the map.") : "");
  }

  function sketch(moving) {
    const points = moving ? [...corners, place(moving)] : corners;
    onSketch(points.length > 1 ? [[ringOf(points)]] : null, corners);
  }

  function finish() {
    if (corners.length < 3) return;
    const done = corners;
    setMode("");
    onPolygon([[ringOf(done)]]);
  }

  surface.addEventListener("pointerdown", (event) => {
    if (!mode || !event.isPrimary) return;
    pressed = at(event);
    if (mode !== "box") return;
    first = pressed;
    surface.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  surface.addEventListener("pointermove", (event) => {
    if (first) {
      const { west, south, east, north } = boxOf(at(event));
      onSketch([[[[west, south], [east, south], [east, north], [west, north], [west, south]]]], []);
    } else if (mode === "polygon" && corners.length && event.pointerType !== "touch") sketch(at(event));
  });
  surface.addEventListener("pointerup", (event) => {
    const point = at(event);
    if (first) {
      const drawn = boxOf(point), moved = apart(first, point);
      first = null;
      if (moved > STILL) {
        setMode("");
        onBox(drawn);
      }
    } else if (mode === "polygon" && pressed && event.isPrimary && apart(pressed, point) < STILL) {
      // A drag moves the map.
      const start = corners.length ? map.project(corners[0]) : null;
      if (start && apart([start.x, start.y], point) < NEAR) return finish();
      if (!corners.length || apart(Object.values(map.project(corners.at(-1))), point) > 3) corners.push(place(point));
      sketch();
      if (corners.length === 3) say(t("Press the first corner again, or Enter, to end; Backspace takes the last one back."));
    }
  });
  addEventListener("keydown", (event) => {
    if (!mode) return;
    if (event.key === "Escape") {
      setMode("");
      onSketch(null, []);
    } else if (mode === "polygon" && !event.target.closest?.("input, textarea, select")) {
      if (event.key === "Enter" && corners.length > 2) finish();
      else if (event.key === "Backspace" && corners.length) corners.pop();
      else return;
      event.preventDefault();
      if (mode) sketch();
    }
  });
  return { setMode, get mode() { return mode; } };
}
