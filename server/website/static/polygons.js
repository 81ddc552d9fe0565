// Polygons of longitude and latitude: read from GeoJSON (RFC 7946), and written short enough for a link.
import { t } from "./texts.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const SCALE = 1e5;
// What the address of a page may hold of them, and the server of a request.
const LONGEST = 6000, MOST_POINTS = 20000;

function position(point) {
  const [x, y] = Array.isArray(point) ? point : [];
  if (!Number.isFinite(x) || !Number.isFinite(y) || Math.abs(x) > 180 || Math.abs(y) > 85.06) {
    throw new Error(t("These are no degrees of longitude and latitude."));
  }
  return [Number(x.toFixed(7)), Number(y.toFixed(7))];
}

function ring(points) {
  const made = (Array.isArray(points) ? points : []).map(position);
  const [first, last] = [made[0], made.at(-1)];
  if (made.length && (first[0] !== last[0] || first[1] !== last[1])) made.push([...first]);
  if (made.length < 4) throw new Error(t("A polygon needs three corners or more."));
  return made;
}

function* found(data) {
  if (data?.type === "FeatureCollection") for (const one of data.features ?? []) yield* found(one);
  else if (data?.type === "Feature") yield* found(data.geometry);
  else if (data?.type === "GeometryCollection") for (const one of data.geometries ?? []) yield* found(one);
  else if (data?.type === "Polygon") yield (data.coordinates ?? []).map(ring);
  else if (data?.type === "MultiPolygon") for (const one of data.coordinates ?? []) yield one.map(ring);
}

// All polygons of a GeoJSON text; an Error, whose message is for people, where there are none.
export function readGeoJson(text) {
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error(t("This is no GeoJSON."));
  }
  const polygons = [...found(data)].filter((one) => one.length);
  if (!polygons.length) throw new Error(t("There is no polygon in it."));
  const points = polygons.flat().reduce((sum, one) => sum + one.length, 0);
  if (points > MOST_POINTS) throw new Error(t("It has {0} points; at most {1} can be taken.", points, MOST_POINTS));
  return polygons;
}

export function bounds(polygons) {
  const box = { west: 180, south: 90, east: -180, north: -90 };
  for (const [x, y] of polygons.flat(2)) {
    box.west = Math.min(box.west, x);
    box.east = Math.max(box.east, x);
    box.south = Math.min(box.south, y);
    box.north = Math.max(box.north, y);
  }
  return box;
}

export function geometryOf(polygons) {
  return polygons.length === 1 ? { type: "Polygon", coordinates: polygons[0] } : { type: "MultiPolygon", coordinates: polygons };
}

function* digits(value) {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  for (; rest >= 32; rest = Math.floor(rest / 32)) yield LETTERS[32 + (rest % 32)];
  yield LETTERS[rest];
}

function ringWord(points) {
  let x = 0, y = 0, word = "";
  for (const point of points.slice(0, -1)) {
    const [nextX, nextY] = [Math.round(point[0] * SCALE), Math.round(point[1] * SCALE)];
    word += [...digits(nextX - x), ...digits(nextY - y)].join("");
    [x, y] = [nextX, nextY];
  }
  return word;
}

// Corners in steps of 1e-5 degrees, rings parted by a point, polygons by a tilde; empty where it is too long for a link.
export function toWord(polygons) {
  const word = polygons.map((rings) => rings.map(ringWord).join(".")).join("~");
  return word.length <= LONGEST ? word : "";
}

function ringOf(word) {
  const numbers = [];
  let value = 0, factor = 1;
  for (const letter of word) {
    const digit = LETTERS.indexOf(letter);
    if (digit < 0) throw new Error(t("The link does not hold an area."));
    value += (digit % 32) * factor;
    factor *= 32;
    if (digit < 32) {
      numbers.push(value % 2 ? -(value + 1) / 2 : value / 2);
      [value, factor] = [0, 1];
    }
  }
  const points = [];
  let x = 0, y = 0;
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    x += numbers[at];
    y += numbers[at + 1];
    points.push([x / SCALE, y / SCALE]);
  }
  return ring(points);
}

export function fromWord(word) {
  return word.split("~").map((rings) => rings.split(".").map(ringOf));
}
