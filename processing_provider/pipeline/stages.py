"""The stages that views are built from: the source read and staged once, cut once per frame, styled once per page."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ContextManager, Sequence

from ..errors import ExportError, RequestError
from ..feedback import Feedback
from ..formats.catalogue import FORMATS, Format
from ..geo import projection
from ..osm import cut
from ..osm.place_name import of_places
from ..osm.tables.language import from_columns
from ..osm.tables.layers import OTHERS
from ..osm.tables.map_data import MapData, SourceData
from ..osm.tables.staged import Staged
from ..request import pages
from ..request.export_request import ExportRequest
from ..request.naming import NAMELESS
from ..request.plan import Plan, in_the_world, make_plan, margin
from ..text.sentence import say
from .asked_layers import check_found, painted
from .drawings import Drawings, text_for
from .overlays import OwnData, without_own
from .reading import Reading

if TYPE_CHECKING:
    from osgeo import ogr

    from ..cartography.rendering.canvas import Canvas
    from ..cartography.rendering.picture import Picture
    from ..cartography.themes.loading import Theme
    from ..drawing.model import Drawing
    from ..drawing.toolpaths.model import Toolpaths
    from ..network.model import Network
    from ..scene.heights import Heights
    from ..scene.model import Scene
    from ..sources.project_layers import Input
    from ..tiles.model import Tiles


# Views that others are made of.
_MADE_OF = {"drawing": "picture", "heights": "scene"}


def _with_a_title_to_draw(request: ExportRequest) -> ExportRequest:
    """Without a title that no font here has a letter of: its sheets have no band for it."""
    if request.title.isascii() or not any(FORMATS[name].is_page for name in request.formats):
        return request
    from ..cartography.sheet.texts import is_shown

    return request if is_shown(request.title, request.style) else replace(request, title="")


class Stages:
    """What one job has read, staged, cut and styled so far; each at most once, and kept for the next format."""

    def __init__(
        self,
        request: ExportRequest,
        work: Path,
        inputs: tuple[Input, ...] = (),
        canvas: Canvas | None = None,
        plan: Plan | None = None,
    ) -> None:
        self.request = request
        self.plan = plan or make_plan(_with_a_title_to_draw(request), bool(inputs) or canvas is not None)
        self.work = work
        # What tells the files of one page of several from those of the others.
        self.suffix = ""
        self.canvas = canvas
        self.inputs = canvas.inputs if canvas else inputs
        self._reading = Reading(request, self.plan, work)
        self._own_data = OwnData(self.plan)
        self._staged: dict[int, Staged] = {}
        self._data: dict[tuple[str, bool, int, bool], MapData] = {}
        self._pictures: dict[str, Picture] = {}
        self._pages = 0
        # What was warned of while a view was made, which all formats of that view share.
        self._told: dict[tuple[str, str, bool], list[str]] = {}
        # Vector and painted ones; and by CRS and the distance of hatches.
        self.tiles: dict[str, Tiles] = {}
        self.toolpaths: dict[tuple[str, str], Toolpaths] = {}
        self.drawings = Drawings(self.picture)
        self._scene: Scene | None = None
        self.printed: dict[bool, Scene] = {}
        self._heights: dict[str, Heights] = {}
        self._networks: dict[str, Network] = {}

    def close(self) -> None:
        """Close what is open of the source."""
        self._reading.close()

    @property
    def date(self) -> str:
        """The date of the data (ISO 8601), or empty."""
        return self._reading.date

    @property
    def source(self) -> str:
        """Where the data came from, for people."""
        return self._reading.source

    def told_of(self, item: Format) -> list[str]:
        """What was warned of while the view of a format was made, for it or another; its maker adds to it."""
        view, is_painted = _MADE_OF.get(item.view, item.view), item.view == "tiles" and item.is_painted
        crs = "" if view == "scene" else self.plan.crs_for(item)
        return self._told.setdefault((view, crs, is_painted), [])

    def read(self, feedback: Feedback) -> None:
        """Read what the formats need before any of them is written: a canvas is drawn from its layers themselves."""
        if self.canvas is None:
            self.staged(feedback)
            return
        for text in self.canvas.warnings:
            feedback.warning("layer_left_out", text)
        if any(FORMATS[name].holds_features for name in self.request.formats):
            for name in self.canvas.drawn_only:
                feedback.warning("layer_not_in_data", say("The layer {0} has no features: data are without it.", name))
            if self.inputs:
                self.staged(feedback)

    def name_files(self) -> None:
        """Give the files the place's name where the request has none; once the data are read."""
        if not self.request.name:
            staged = next(iter(self._staged.values()), None)
            place = of_places(staged, self.request.area) if staged and not self.inputs else ""
            self.request = replace(self.request, name=place or NAMELESS)

    def staged(self, feedback: Feedback, level: int | None = None) -> Staged:
        """The map data of the area and a margin, staged whole in lon/lat: at the request's detail level, or at `level`.

        A server of data was asked for the request's level: a finer one has no more than that. Layers that somebody
        else made have but one level.
        """
        level = self.request.detail if level is None or self.inputs else level
        if level not in self._staged:
            own = bool(self.inputs)
            if own:
                self._staged[level] = self._from_inputs(feedback)
            else:
                self._own_data.read(feedback)
                self._staged[level] = self._own_data.added(self._reading.staged(level, feedback), feedback)
        return self._staged[level]

    def _from_inputs(self, feedback: Feedback) -> Staged:
        from ..sources.project_layers import stage_inputs

        box = in_the_world(margin(self.request.area)) if self.canvas else None
        staged = stage_inputs(self.inputs, feedback.part(0, 100, "read"), box)
        for rows in staged.rows.values():
            rows.names = from_columns(rows.table, rows.values, self.request.language)
        return staged

    def data(
        self, crs: str, feedback: Feedback, shown: bool = False, level: int | None = None, rest: bool = False
    ) -> MapData:
        """The data cut at the exact area, in `crs`; where they are `shown`, with names in the language asked for.

        Of the request's detail level, or of `level`: a coarse one may have nothing there. With the `rest`, or where
        that was asked for by name, also what no layer knows.
        """
        self._has_features()
        level = self.request.detail if level is None or self.inputs else level
        key = crs, shown and bool(self.request.language), level, rest
        if key not in self._data:
            polygon = projection.projected_area(self.request.area, crs)
            name = f"data{len(self._data)}.gpkg"
            self._data[key] = self._cut(crs, polygon, name, key[1], feedback.part(0, 100, "cut"), level, rest)
        return self._data[key]

    def _has_features(self) -> None:
        if self.canvas and not self.inputs:
            raise RequestError("no_data", "None of the layers has features, which data are made of.", "input")

    def handed(self, crs: str, keep: cut.Keep, feedback: Feedback, level: int) -> MapData:
        """The same without a file, once: `keep` is handed the rows of each table (see cut.cut_into)."""
        self._has_features()
        polygon = projection.projected_area(self.request.area, crs)
        return self._cut(crs, polygon, "", False, feedback.part(0, 100, "cut"), level, keep=keep)

    def source_data(self, feedback: Feedback) -> SourceData:
        """The source's own objects; those of the chosen layers, where there is a choice."""
        if self.inputs or self.canvas:
            raise RequestError(
                "no_source", "OpenStreetMap's own formats are made of its data, not of other layers.", "input"
            )
        area = projection.projected_area(self.request.area, projection.WGS84)
        chosen = without_own(self.data(projection.WGS84, feedback)) if self.request.layers else None
        raw = self._reading.raw(feedback)
        return SourceData(raw.file, raw.folder, area.ExportToWkt(), chosen, self.date, self.source)

    def unchanged(self, item: Format) -> ContextManager[None]:
        """While a format is written that reads the source's file again: SourceError where it is another one by now."""
        return self._reading.unchanged(item.view)

    def picture(self, crs: str, feedback: Feedback) -> Picture:
        """The styled map on its page, in `crs` (empty: a local one)."""
        if crs not in self._pictures:
            page = self.plan.page(crs)
            self._pictures[crs] = self.styled(page, self.request.detail, feedback)
            if sum(FORMATS[name].view == "picture" for name in self.request.formats) > 1:
                self._pictures[crs].painted = {}
        return self._pictures[crs]

    def styled(self, page: pages.Page, level: int, feedback: Feedback, theme: Theme | None = None) -> Picture:
        """A picture of a page, of data of a detail level, in the request's style or another; not kept."""
        if self.canvas:
            return self.canvas.picture(page, feedback)
        from osgeo import ogr

        from ..cartography.build import build_picture

        request, polygon = self.request, ogr.CreateGeometryFromWkt(page.wkt)
        self._pages += 1
        theme = theme or self.plan.theme
        told, routes = feedback.part(0, 60, "cut"), theme.flags.get("routes") or ()
        data = self._cut(page.crs, polygon, f"page{self._pages}.gpkg", True, told, level, routes=routes)
        part = feedback.part(60, 100, "style")
        picture = build_picture(data, page, theme, level, part, self.inputs, request.language)
        picture.account = data.account
        return picture

    def drawing(self, crs: str, feedback: Feedback, stamps: bool = True, text: str = "") -> Drawing:
        """The map as named layers of objects, recorded from the picture in `crs`, with the choices of the request.

        Markers are `stamps` of their symbols, or each of them is paths. `text`: how names come, as the request says
        where empty.
        """
        return self.drawings.made(self.request, crs, text or text_for(self.request), stamps, feedback)

    def scene(self, feedback: Feedback) -> Scene:
        """The solids of the exact area, in metres round its centre, in the colours of the style."""
        if self._scene is None:
            from ..scene.build import build_scene

            data = self.data(projection.local_crs(self.request.area), feedback.part(0, 40))
            level = 0 if self.inputs else self.request.detail
            around, told = bool(self.request.options.get("surroundings")), feedback.part(40, 100, "raise")
            self._scene = build_scene(data, self.plan.theme.color, told, self.request.layers, level, around)
        return self._scene

    def heights(self, crs: str, feedback: Feedback) -> Heights:
        """How high the buildings of the exact area are, as cells of `crs`."""
        if crs not in self._heights:
            from ..scene.heights import build_heights

            scene, area = self.scene(feedback.part(0, 80)), projection.projected_area(self.request.area, crs)
            self._heights[crs] = build_heights(scene, crs, area, feedback.part(80, 100, "measure"))
        return self._heights[crs]

    def network(self, crs: str, feedback: Feedback) -> Network:
        """The streets that touch the exact area as a graph, whole up to the next node, in `crs`."""
        if self.inputs or self.canvas:
            raise RequestError(
                "no_source", "A street network is made of OpenStreetMap's data, not of other layers.", "input"
            )
        if crs not in self._networks:
            from ..network.build import build_network

            request, raw = self.request, self._reading.raw(feedback)
            area = projection.projected_area(request.area, crs)
            made = build_network(raw.folder, request.layers, request.detail, crs, area, feedback, self._reading.names)
            self._networks[crs] = replace(made, date=self.date, source=self.source)
        return self._networks[crs]

    def _cut(
        self,
        crs: str,
        polygon: ogr.Geometry,
        name: str,
        shown: bool,
        feedback: Feedback,
        level: int,
        rest: bool = False,
        keep: cut.Keep | None = None,
        routes: Sequence[str] = (),
    ) -> MapData:
        empty, rest = bool(self.request.options.get("empty_tables")), rest or OTHERS in self.request.layers
        is_page = name.startswith("page") and not self.inputs
        staged = painted(self.staged(feedback, level), self.request.layers if is_page else None, routes)
        if keep is None:
            data = cut.cut(staged, crs, polygon, self.work / name, feedback, empty, shown, rest)
        else:
            data = cut.cut_into(staged, crs, polygon, keep, feedback, rest)
        if self.inputs:
            if not data.tables:
                raise ExportError("no_data", "The layers of INPUT hold nothing in this area.", "input")
            rights = dict.fromkeys(item.rights for item in self.inputs if item.rights)
            titles = ", ".join(item.title for item in self.inputs)
            return replace(data, notice="; ".join(rights), source=titles)
        if level == self.request.detail:
            check_found(data, self.request)
        return replace(data, date=self.date, source=self.source)
