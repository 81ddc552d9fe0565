"""The elements that OpenDRIVE's roads are made of: plan view, lanes, bridges and signals."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterable

import numpy as np

from ...network.curves import Curves
from ...network.model import Way
from ...text.phrases import readable
from ...text.xml_text import quoteattr


def plan_view(curves: Curves, number: int) -> str:
    """The reference line: straight pieces as lines, others as cubic polynomials of 0 to 1."""
    rows = slice(curves.starts[number], curves.starts[number + 1])
    lengths = curves.lengths[rows]
    along = np.concatenate([[0.0], np.cumsum(lengths)])[:-1]
    columns = zip(
        along.tolist(), curves.places[rows].tolist(), curves.headings[rows].tolist(), lengths.tolist(),
        curves.u[rows].tolist(), curves.v[rows].tolist(), curves.is_straight[rows].tolist(),
    )  # fmt: skip
    parts = ["<planView>\n"]
    for s, (x, y), heading, length, u, v, straight in columns:
        parts.append(f'<geometry s="{s:.6f}" x="{x:.5f}" y="{y:.5f}" hdg="{heading:.10f}" length="{length:.6f}">')
        if straight:
            parts.append("<line/>")
        else:
            sides = " ".join(
                f'{name}{side}="{value:.9g}"'
                for side, some in (("U", u), ("V", v))
                for name, value in zip("abcd", some)
            )
            parts.append(f'<paramPoly3 {sides} pRange="normalized"/>')
        parts.append("</geometry>\n")
    parts.append('</planView>\n<elevationProfile><elevation s="0" a="0" b="0" c="0" d="0"/></elevationProfile>\n')
    return "".join(parts)


def lane(
    number: int, kind: str, width: tuple[float, float, float, float], kmh: float, link: str = "", mark: str = "none"
) -> str:
    """A lane of a width that is a cubic polynomial of metres along it."""
    a, b, c, d = (f"{value:.9g}" for value in width)
    return (
        f'<lane id="{number}" type="{kind}" level="false">{link or "<link/>"}'
        f'<width sOffset="0" a="{a}" b="{b}" c="{c}" d="{d}"/>'
        f'<roadMark sOffset="0" type="{mark}" weight="standard" color="white" width="0.12"/>'
        f'<speed sOffset="0" max="{kmh:.0f}" unit="km/h"/></lane>\n'
    )


def bridges(way: Way, number: int, length: float) -> str:
    """That a road is a bridge, or in a tunnel."""
    named = f" name={quoteattr(readable(way.name))}" if way.name else ""
    if way.bridge:
        return f'<objects><bridge s="0" length="{length:.6f}" id="{number}"{named} type="concrete"/></objects>\n'
    if way.tunnel:
        return f'<objects><tunnel s="0" length="{length:.6f}" id="{number}"{named} type="standard"/></objects>\n'
    return ""


def signals(some: Iterable[tuple[int, float, float, int]]) -> str:
    """Traffic lights: (id, metres along the road, metres to its left, whether for who goes against its line)."""
    made = "".join(
        f'<signal s="{s:.4f}" t="{t:.4f}" id="{number}" name="light {number}" dynamic="yes" '
        f'orientation="{"-" if back else "+"}" zOffset="3" country="OpenDRIVE" type="1000001" subtype="-1" value="-1" '
        'height="0.9" width="0.3"/>'
        for number, s, t, back in some
    )
    return f"<signals>{made}</signals>\n" if made else ""
