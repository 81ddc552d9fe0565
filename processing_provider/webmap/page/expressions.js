// MapLibre's expressions, those that styles of this program are made of: what one comes to for a feature at a zoom.
(function () {
  "use strict";
  const operators = {
    "!": (value) => !value,
    "==": (one, other) => one === other,
    "!=": (one, other) => one !== other,
    ">=": (one, other) => one >= other,
    "<": (one, other) => one < other,
    max: (...values) => Math.max(...values),
    "-": (one, other) => (other === undefined ? -one : one - other),
    "*": (one, other) => one * other,
    in: (needle, where) => where.includes(needle),
    concat: (...parts) => parts.join(""),
  };

  function between(base, stops, zoom, worked) {
    let low = stops[0];
    let high = stops[0];
    for (const stop of stops) {
      high = stop;
      if (stop[0] > zoom) break;
      low = stop;
    }
    const [one, other] = [worked(low[1]), worked(high[1])];
    if (low[0] >= high[0] || zoom <= low[0]) return one;
    const share = (base ** (zoom - low[0]) - 1) / (base ** (high[0] - low[0]) - 1);
    return one + share * (other - one);
  }

  const pairs = (list) => {
    const found = [];
    for (let place = 0; place + 1 < list.length; place += 2) found.push([list[place], list[place + 1]]);
    return found;
  };

  window.osm2cdrEvaluate = function evaluate(expression, values, zoom) {
    if (!Array.isArray(expression) || typeof expression[0] !== "string") return expression;
    const [name, ...rest] = expression;
    const worked = (part) => evaluate(part, values, zoom);
    const own = (key) => (Object.hasOwn(values, key) ? values[key] : null);
    switch (name) {
      case "literal": return rest[0];
      case "zoom": return zoom;
      case "get": return own(rest[0]);
      case "has": return own(rest[0]) !== null;
      case "coalesce": return rest.map(worked).find((value) => value !== null && value !== undefined) ?? null;
      case "to-color": return rest.map(worked).find((value) => value && CSS.supports("color", value)) ?? null;
      case "all": return rest.every(worked);
      case "any": return rest.some(worked);
      case "match": {
        const given = worked(rest[0]);
        const found = pairs(rest.slice(1)).find(([words]) => (Array.isArray(words) ? words : [words]).includes(given));
        return worked(found ? found[1] : rest[rest.length - 1]);
      }
      case "case": {
        const found = pairs(rest).find(([asked]) => worked(asked));
        return worked(found ? found[1] : rest[rest.length - 1]);
      }
      case "step": {
        const found = pairs(rest.slice(2)).filter(([stop]) => zoom >= stop).pop();
        return worked(found ? found[1] : rest[1]);
      }
      case "interpolate": return between(rest[0][1], pairs(rest.slice(2)), zoom, worked);
      default: return operators[name](...rest.map(worked));
    }
  };
})();
