"""MapLibre's expressions worked out, as its style specification describes them: those that our styles are made of."""

import re


def evaluate(expression, values, zoom=15):
    """What an expression comes to for a feature's `values` at a zoom; constants are what they are."""
    if not isinstance(expression, list):
        return expression
    name, *rest = expression

    def worked(part):
        return evaluate(part, values, zoom)

    if name == "literal":
        return rest[0]
    if name == "zoom":
        return zoom
    if name in ("get", "has"):
        return values.get(rest[0]) if name == "get" else values.get(rest[0]) is not None
    if name == "coalesce":
        return next((found for found in map(worked, rest) if found is not None), None)
    if name in ("all", "any"):
        return (all if name == "all" else any)(map(worked, rest))
    if name == "let":
        return evaluate(rest[-1], {**values, **{f"${key}": worked(part) for key, part in zip(rest[::2], rest[1:-1:2])}})
    if name == "var":
        return values[f"${rest[0]}"]
    if name == "to-color":
        return next(found for found in map(worked, rest) if re.fullmatch("#[0-9A-Fa-f]{3,6}|[a-z]+", found or ""))
    if name == "match":
        given = worked(rest[0])
        for words, made in zip(rest[1:-1:2], rest[2:-1:2]):
            if given in (words if isinstance(words, list) else [words]):
                return worked(made)
        return worked(rest[-1])
    if name == "case":
        for asked, made in zip(rest[:-1:2], rest[1:-1:2]):
            if worked(asked):
                return worked(made)
        return worked(rest[-1])
    if name == "step":
        found = rest[1]
        for stop, made in zip(rest[2::2], rest[3::2]):
            found = made if zoom >= stop else found
        return worked(found)
    if name == "interpolate":
        return _between(rest[0][1], list(zip(rest[2::2], rest[3::2])), worked, zoom)
    return _OPERATORS[name](*map(worked, rest))


def _between(base, stops, worked, zoom):
    low = max((stop for stop in stops if stop[0] <= zoom), default=stops[0], key=lambda stop: stop[0])
    high = min((stop for stop in stops if stop[0] > zoom), default=low, key=lambda stop: stop[0])
    if low[0] == high[0]:
        return worked(low[1])
    share = (base ** (zoom - low[0]) - 1) / (base ** (high[0] - low[0]) - 1)
    one, other = worked(low[1]), worked(high[1])
    return one + share * (other - one)


_OPERATORS = {
    "!": lambda value: not value,
    "==": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    ">=": lambda one, other: one >= other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    "length": len,
    "index-of": lambda needle, where: where.find(needle),
    "slice": lambda where, start, end: where[start:end],
    "max": max,
    "-": lambda *values: -values[0] if len(values) == 1 else values[0] - values[1],
    "*": lambda one, other: one * other,
    "in": lambda needle, where: needle in where,
    "concat": lambda *parts: "".join(str(part) for part in parts),
}
