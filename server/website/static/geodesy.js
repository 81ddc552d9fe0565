// Areas of longitude and latitude on the ellipsoid of WGS 84, in square kilometres, by the authalic latitude (Snyder, Map
// Projections, 3-12): a box exactly, polygons as great circles of the sphere of the same area join their corners.
const A = 6378.137;
const F = 1 / 298.257223563;
const E = Math.sqrt(F * (2 - F));
const POLE = q(90);

function q(latitude) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const es = E * sine;
  return (1 - E * E) * (sine / (1 - es * es) - Math.log((1 - es) / (1 + es)) / (2 * E));
}

export function boxKm2({ west, south, east, north }) {
  return ((A * A) / 2) * ((east - west) * Math.PI / 180) * (q(north) - q(south));
}

// The tangent of half the authalic latitude.
function half(latitude) {
  const sine = q(latitude) / POLE;
  return sine / (1 + Math.sqrt(Math.max(0, 1 - sine * sine)));
}

function ringKm2(ring) {
  const halves = ring.map(([, latitude]) => half(latitude));
  let excess = 0;
  for (let at = 1; at < ring.length; at++) {
    const turn = Math.tan(((ring[at][0] - ring[at - 1][0]) * Math.PI) / 360);
    excess += 2 * Math.atan2(turn * (halves[at] + halves[at - 1]), 1 + halves[at] * halves[at - 1]);
  }
  return Math.abs(excess) * ((A * A * POLE) / 2);
}

// Of polygons, each an outer ring and its holes, as GeoJSON has them.
export function polygonsKm2(polygons) {
  return polygons.reduce((sum, [outer, ...holes]) =>
    sum + ringKm2(outer) - holes.reduce((less, hole) => less + ringKm2(hole), 0), 0);
}
