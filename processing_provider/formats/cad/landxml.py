"""LandXML 1.2: lines and outlines as plan features, points as CgPoints, all attributes as properties; north, then east.

Facts: LandXML.org, the schema of 1.2 (Units, CoordinateSystem, PlanFeatures, CgPoints, CoordGeom, Feature). A line is a
chain of `Line`s, which every program reads; an outline is closed by its last one.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Iterable, Iterator, Sequence
from xml.parsers import expat

from ...errors import WriteError
from ...osm.tables.map_data import MapData, Table
from ...text.phrases import one_line
from ...text.sentence import say
from ...text.xml_text import quoteattr
from ..contract import Job, Written
from ..proof_helpers import prove_size
from .rows import Rows, batches
from .units import FEET, METRES, SURVEY_FEET, unit_of

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<LandXML xmlns="http://www.landxml.org/schema/LandXML-1.2" version="1.2" date={date} time={time} readOnly="false">
<Units><{units} angularUnit="decimal degrees" directionUnit="decimal degrees"/></Units>
<CoordinateSystem name={crs}{code}/>
<Project name={title} desc={rights}/>
<Application name="osm2cdr" desc={rights}/>
"""
_METRIC = (
    'Metric areaUnit="squareMeter" linearUnit="meter" volumeUnit="cubicMeter" temperatureUnit="celsius" '
    'pressureUnit="milliBars"'
)
_IMPERIAL = (
    'Imperial areaUnit="squareFoot" linearUnit="{}" volumeUnit="cubicFeet" temperatureUnit="fahrenheit" '
    'pressureUnit="inHG"'
)
_UNITS = {METRES: _METRIC, FEET: _IMPERIAL.format("foot"), SURVEY_FEET: _IMPERIAL.format("USSurveyFoot")}
_LINE = "<Line><Start>%s</Start><End>%s</End></Line>"


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write every table under its name, each feature with what is known of it."""
    written = Written()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_head(view, job))
        for table in view.tables:
            if table.features:
                file.writelines(_points(view, table, job) if table.geometry == "point" else _plan(view, table, job))
                written.layers[table.name] = table.features
        file.write("</LandXML>\n")
    return written


def _head(view: MapData, job: Job) -> str:
    try:
        moment = datetime.fromisoformat(view.date.replace("Z", "+00:00"))
    except ValueError:
        moment = datetime.now(timezone.utc)
    authority, _, code = view.crs.partition(":")
    texts = {
        "date": moment.strftime("%Y-%m-%d"), "time": moment.strftime("%H:%M:%S"), "crs": view.crs, "title": job.title,
        "rights": job.credit,
    }  # fmt: skip
    epsg = f" epsgCode={quoteattr(code)}" if authority == "EPSG" else ""
    return _HEAD.format(
        **{key: quoteattr(one_line(text)) for key, text in texts.items()}, code=epsg, units=_UNITS[unit_of(view.crs)]
    )


def _plan(view: MapData, table: Table, job: Job) -> Iterator[str]:
    yield f"<PlanFeatures name={quoteattr(table.name)} desc={quoteattr(one_line(table.title))}>\n"
    for rows in _read(view, table, job):
        chains = rows.chains
        places = [f"{y:.3f} {x:.3f}" for x, y in chains.points.tolist()]
        starts, first = chains.starts.tolist(), chains.first.tolist()
        labels, known = _labels(rows), _known(rows)
        for row, (label, told) in enumerate(zip(labels, known)):
            yield f"<PlanFeature name={label}>"
            for chain in range(first[row], first[row + 1]):
                points = places[starts[chain] : starts[chain + 1]]
                ends = [*points[1:], points[0]] if rows.is_area else points[1:]
                yield f"<CoordGeom>{''.join(_LINE % pair for pair in zip(points, ends))}</CoordGeom>"
            yield f"<Feature>{told}</Feature></PlanFeature>\n"
    yield "</PlanFeatures>\n"


def _points(view: MapData, table: Table, job: Job) -> Iterator[str]:
    """Points are numbered; a Feature behind them, whose name a point refers to, has what is known of it."""
    yield f"<CgPoints name={quoteattr(table.name)} desc={quoteattr(one_line(table.title))}>\n"
    number, features = 0, []
    for rows in _read(view, table, job):
        kinds = rows.column("kind")
        for (x, y), kind, label, told in zip(rows.places, kinds, _labels(rows), _known(rows)):
            number += 1
            code = f" code={_attribute(kind)}" if kind else ""
            yield f'<CgPoint name="{number}" desc={label}{code} featureRef="{number}">{y:.3f} {x:.3f}</CgPoint>\n'
            features.append(f'<Feature name="{number}">{told}</Feature>\n')
    yield from features
    yield "</CgPoints>\n"


def _read(view: MapData, table: Table, job: Job) -> Iterator[Rows]:
    return batches(view, table, [name for name, _ in table.columns], job.feedback)


def _labels(rows: Rows) -> Iterator[str]:
    """What each feature is called: its name, else its class, else its number."""
    for values in zip(rows.column("name"), rows.column("class"), rows.column("osm_id")):
        yield _attribute(next((value for value in values if value is not None), ""))


def _known(rows: Rows) -> Iterator[str]:
    """All that is known of each feature, as properties."""
    names = [_attribute(name) for name in rows.columns]
    columns: Iterable[Sequence[object]] = rows.columns.values()
    for values in zip(*columns):
        yield "".join(
            f"<Property label={name} value={_attribute(value)}/>"
            for name, value in zip(names, values) if value is not None
        )  # fmt: skip


def _attribute(value: object) -> str:
    return quoteattr(one_line(str(value)))


class _Counter:
    def __init__(self) -> None:
        self.layers: dict[str, int] = {}
        self._name = ""

    def start(self, name: str, values: dict[str, str]) -> None:
        """Count what the layers hold."""
        if name in ("PlanFeatures", "CgPoints"):
            self._name = values["name"]
        elif name in ("PlanFeature", "CgPoint"):
            self.layers[self._name] = self.layers.get(self._name, 0) + 1


def prove(path: Path, view: MapData, written: Written) -> None:
    """Read the file again and count what each table holds."""
    prove_size(path, "LandXML")
    counter = _Counter()
    parser = expat.ParserCreate()
    parser.StartElementHandler = counter.start
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        raise WriteError("not_proven", say("LandXML does not open again: {0}.", error)) from None
    if counter.layers != written.layers:
        raise WriteError("not_proven", "The LandXML file does not hold what was written to it.")
