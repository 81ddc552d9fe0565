"""The way of the data, from a request to proven files: the one way that every door takes."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import frame
from .cartography.themes import load_theme
from .delivery import Result, deliver
from .errors import Cancelled, ExportError, RequestError, WriteError, unexpected
from .feedback import Feedback
from .formats.catalogue import FORMATS, Format
from .formats.registry import writer
from .formats.writing import Job, Written
from .mapdata import MapData, SourceData
from .naming import NAMELESS, of_places
from .osm import cut, dataend, extract, sources, stage
from .osm.language import Names, from_columns
from .publishing import disk_is_full, shown
from .reach import check, in_the_world, margin, picture_crs, reach, shown_area
from .request import ExportRequest
from .words import readable
from .workfolder import WorkFolder

if TYPE_CHECKING:
    from .canvas import Canvas
    from .inputs import Input


# Percent of a job that reading takes; the rest is shared by its formats, each with the views that it needs first.
_READ = 35.0


class Pipeline:
    """One job: the source is read and staged once, each view is built at most once."""

    def __init__(
        self,
        request: ExportRequest,
        work: Path,
        feedback: Feedback,
        inputs: tuple[Input, ...] = (),
        canvas: Canvas | None = None,
    ) -> None:
        self.request = request
        self.work = work
        self.feedback = feedback
        self.canvas = canvas
        self.inputs = canvas.inputs if canvas else inputs
        self._views: dict[str, Any] = {}
        self._staged: stage.Staged | None = None
        self._file: tuple[Path, Path] | None = None
        self.date = ""
        # Where the data came from, for people.
        self.source = ""

    def read(self) -> None:
        """Read what the formats need before any of them is written: a canvas is drawn from its layers themselves."""
        if self.canvas is None:
            self.staged()
            return
        for text in self.canvas.warnings:
            self.feedback.warning("layer_left_out", text)
        if any(FORMATS[name].view == "data" for name in self.request.formats):
            for name in self.canvas.drawn_only:
                self.feedback.warning("layer_not_in_data", f"The layer {name} has no features: data are without it.")
            if self.inputs:
                self.staged()

    def name_files(self) -> None:
        """Give the files the place's name where the request has none; once the data are read."""
        if not self.request.name:
            place = of_places(self._staged, self.request.area) if self._staged and not self.inputs else ""
            self.request = replace(self.request, name=place or NAMELESS)

    def staged(self) -> stage.Staged:
        """The map data of the area and a margin, staged whole in lon/lat."""
        if self._staged is None:
            request = self.request
            if self.inputs:
                from .inputs import stage_inputs

                box = in_the_world(margin(request.area)) if self.canvas else None
                self._staged = stage_inputs(self.inputs, self.feedback.part(0, 100, "read"), box)
                for rows in self._staged.rows.values():
                    rows.names = from_columns(rows.table, rows.values, request.language)
                return self._staged
            wide = reach(request)
            read = sources.share(request.source)
            source = sources.open_source(
                request.source, wide, request.layers, request.detail, request.timeout, self.work,
                self.feedback.part(0, read, "download"),
            )  # fmt: skip
            self.source, self.date = source.name, source.date
            more = request.tags != "table"
            # Who draws may lack the font for a name.
            latin = any(FORMATS[name].view in ("picture", "drawing") for name in request.formats)
            names = Names(request.language, latin)
            raw = extract.read(source.path, wide, self.work, self.feedback.part(read, 70, "read"), more, names.keys)
            self._file = source.path, raw
            area = request.area
            box = (area.west, area.south, area.east, area.north)
            feedback = self.feedback.part(70, 100, "sort")
            self._staged = stage.stage(raw, request.layers, request.detail, feedback, box, request.tags, names)
            if not sources.is_overpass(request.source):
                coast = bool(self._staged.coastline)
                text = dataend.warning(source.path, source.name, raw, coast, shown_area(request))
                if text:
                    self.feedback.warning("data_end", text)
            if request.language and not self._staged.is_spoken:
                self.feedback.warning(
                    "no_names",
                    f"Nothing in this area has a name in the language {request.language!r}; the local names stand.",
                )
        return self._staged

    def data(self, crs: str, shown: bool = False) -> MapData:
        """The data cut at the exact area, in `crs`; where they are `shown`, with names in the language asked for."""
        if self.canvas and not self.inputs:
            raise RequestError("no_data", "None of the layers has features, which data are made of.", "input")
        shown = shown and bool(self.request.language)
        key = f"shown {crs}" if shown else crs
        if key not in self._views:
            polygon = frame.projected_area(self.request.area, crs)
            self._views[key] = self._cut(crs, polygon, f"data{len(self._views)}.gpkg", shown)
        return self._views[key]

    def source_data(self) -> SourceData:
        """The source's own objects; those of the chosen layers, where there is a choice."""
        if self._file is None:
            raise RequestError(
                "no_source", "OpenStreetMap's own formats are made of its data, not of other layers.", "input"
            )
        path, raw = self._file
        area = frame.projected_area(self.request.area, frame.WGS84)
        chosen = self.data(frame.WGS84) if self.request.layers else None
        return SourceData(path, raw, area.ExportToWkt(), chosen, self.date, self.source)

    def picture(self, crs: str) -> Any:
        """The styled map on its page, in `crs` (empty: a local one)."""
        key = f"picture {crs}"
        if key not in self._views and self.canvas:
            self._views[key] = self.canvas.picture(frame.make_page(self.request, crs), self.feedback)
        if key not in self._views:
            from osgeo import ogr

            from .cartography.build import build_picture

            page = frame.make_page(self.request, crs)
            polygon = ogr.CreateGeometryFromWkt(page.wkt)
            data = self._cut(page.crs, polygon, f"page{len(self._views)}.gpkg", True)
            theme = load_theme(self.request.style)
            feedback = self.feedback.part(60, 100, "style")
            request = self.request
            self._views[key] = build_picture(data, page, theme, request.detail, feedback, self.inputs, request.language)
        return self._views[key]

    def drawing(self, crs: str) -> Any:
        """The map as named layers of objects, recorded from the picture in `crs`, with the choices of the request."""
        key = f"drawing {crs}"
        if key not in self._views:
            from .drawing.choices import Choices, apply
            from .drawing.recorder import record
            from .drawing.sound import sound
            from .drawing.tidy import tidy

            before = self.feedback
            self.feedback = before.part(0, 60)
            picture = self.picture(crs)
            self.feedback = before
            drawing = sound(tidy(record(picture, before.part(60, 100, "draw"))), before)
            request = self.request
            merged, roads = request.options.get("merge_buildings", False), request.options.get("roads", "lines")
            self._views[key] = apply(drawing, Choices(request.text, merged, roads))
        return self._views[key]

    def plain_drawing(self, crs: str) -> Any:
        """The drawing for formats that know no symbols."""
        key = f"plain drawing {crs}"
        if key not in self._views:
            from .drawing.model import without_stamps

            self._views[key] = without_stamps(self.drawing(crs))
        return self._views[key]

    def view(self, item: Format) -> Any:
        """The view that a format consumes."""
        asked = self.request.crs
        if item.view == "picture":
            return self.picture(picture_crs(self.request, item))
        if item.view == "drawing":
            crs = picture_crs(self.request, item)
            return self.drawing(crs) if getattr(writer(item), "STAMPS", False) else self.plain_drawing(crs)
        if item.view == "source":
            return self.source_data()
        if item.view == "scene":
            return self.data(frame.local_crs(self.request.area))
        if item.crs == "lonlat":
            if asked not in ("", frame.WGS84):
                self.feedback.warning("crs_ignored", f"{item.name} is always in longitude and latitude.")
            return self.data(frame.WGS84)
        crs = asked or (frame.utm_crs(self.request.area) if item.crs == "utm" else frame.WGS84)
        # A drawing's texts are seen, a table's values are looked up.
        return self.data(crs, item.family == "cad")

    def _cut(self, crs: str, polygon: Any, name: str, shown: bool) -> MapData:
        feedback = self.feedback.part(0, 60, "cut")
        empty = bool(self.request.options.get("empty_tables"))
        data = cut.cut(self.staged(), crs, polygon, self.work / name, feedback, empty, shown)
        if self.inputs:
            if not data.tables:
                raise ExportError("no_data", "The layers of INPUT hold nothing in this area.", "input")
            rights = dict.fromkeys(item.rights for item in self.inputs if item.rights)
            titles = ", ".join(item.title for item in self.inputs)
            return replace(data, notice="; ".join(rights), source=titles)
        if not any(table.features and table.name not in ("land", "sea", "boundaries") for table in data.tables):
            raise ExportError(
                "no_data", "The source holds nothing in this area; choose another area, source or detail level.", "bbox"
            )
        return replace(data, date=self.date, source=self.source)


def run(
    request: ExportRequest,
    folder: Path,
    feedback: Feedback,
    inputs: tuple[Input, ...] = (),
    target: Path | None = None,
    canvas: Canvas | None = None,
    overwrite: bool = False,
) -> list[Result]:
    """Export into `folder`; every file appears there whole and proven, or not at all, and all of them at the end.

    `inputs`, or a `canvas`, take the place of the source; `target` is the name of the file where one format alone is
    asked for. Files that have the name already stay, and the new ones get a number, unless they are to `overwrite`.
    One result per format, in order; a format that failed carries its error. Raises RequestError,
    SourceError or Cancelled where nothing could be done.
    """
    own_layers = bool(inputs) or canvas is not None
    check(request, own_layers)
    if not own_layers:
        sources.check(request.source)
    try:
        private = WorkFolder(folder)
    except OSError as error:
        raise WriteError("bad_folder", f"The folder {folder} cannot be written to: {error.strerror}.") from error
    try:
        work = private.path
        pipeline = Pipeline(request, work, feedback.part(0, _READ), inputs, canvas)
        try:
            pipeline.read()
        except (ExportError, OSError, sqlite3.Error) as error:
            if isinstance(error, Cancelled):
                raise
            if disk_is_full(error, work):
                raise WriteError("disk_full", f"The disk of {shown(folder)} is full.") from error
            if isinstance(error, ExportError):
                raise
            raise WriteError("bad_folder", f"Nothing more can be written to {shown(folder)}: {error}.") from error
        pipeline.name_files()
        results = []
        for number, name in enumerate(request.formats):
            share = (100 - _READ) / len(request.formats)
            part = feedback.part(_READ + share * number, _READ + share * (number + 1), name)
            part.progress(0, f"writing {FORMATS[name].name}")
            item = FORMATS[name]
            results.append(_one(pipeline, item, target, part))
        feedback.check()
        called = target.stem if target else pipeline.request.name
        deliver(results, folder, called, overwrite, feedback)
        feedback.progress(100)
        return results
    finally:
        private.close()


def _one(pipeline: Pipeline, item: Format, target: Path | None, feedback: Feedback) -> Result:
    request = pipeline.request
    result = Result(item.id)
    # A folder for each, so that a writer's helper files never meet those of another.
    private = pipeline.work / item.id
    private.mkdir()
    pipeline.feedback, feedback = feedback.part(0, 60), feedback.part(60, 100)
    draft = private / (target.name if target else f"{request.name}_{item.id}.{item.extension}")
    try:
        view = pipeline.view(item)
        job = Job(
            title=request.title or request.name, name=request.name, dpi=request.dpi, options=request.options,
            feedback=feedback, date=pipeline.date, source=pipeline.source,
            notice=readable(view.notice), style=request.style, colors=request.colors,
        )  # fmt: skip
        module = writer(item)
        written: Written = module.write(view, draft, job)
        module.prove(draft, view, written)
        feedback.check()
        if request.options.get("fonts") and item.view == "drawing":
            from .formats.artwork.bundle import bundled

            draft = bundled(draft, view)
        result.bytes, result.features = draft.stat().st_size, written.features
        result.warnings, result.layers = written.warnings, written.layers
        result.draft, result.ending = draft, draft.name[len(target.stem if target else request.name) :]
        # Another ending than its user wrote is a file that they were not asked about.
        result.is_as_asked = target is None or draft.name == target.name
    except Cancelled:
        raise
    except ExportError as error:
        result.error = error
    except OSError as error:
        reason = error.strerror or str(error)
        result.error = WriteError("write_failed", f"{item.name} could not be written: {reason}.")
    except sqlite3.Error as error:
        result.error = WriteError("write_failed", f"{item.name} could not be written: {error}.")
    except Exception:
        # One format's fault must not cost the others.
        result.error = unexpected()
    # Libraries meet a full disk with all kinds of words, or with none.
    if result.error is not None and disk_is_full(result.error, pipeline.work):
        where = shown(pipeline.work.parent)
        result.error = WriteError("disk_full", f"{item.name} could not be written: the disk of {where} is full.")
    return result
