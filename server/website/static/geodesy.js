// The area of a box of longitude and latitude on the ellipsoid of WGS 84, in square kilometres: exact, by the
// authalic latitude (Snyder, Map Projections, 3-12).
const A = 6378.137;
const F = 1 / 298.257223563;
const E = Math.sqrt(F * (2 - F));

function q(latitude) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const es = E * sine;
  return (1 - E * E) * (sine / (1 - es * es) - Math.log((1 - es) / (1 + es)) / (2 * E));
}

export function boxKm2({ west, south, east, north }) {
  return ((A * A) / 2) * ((east - west) * Math.PI / 180) * (q(north) - q(south));
}
