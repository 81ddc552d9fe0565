"""How a job comes to its rows: from the store of its source where there is one, else by reading the source itself."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import ContextManager

from ..errors import RequestError
from ..feedback import Feedback
from ..formats.catalogue import FORMATS
from ..network import streets
from ..osm import staging
from ..osm.rule_scan import Classification
from ..osm.store import background_build, keeper
from ..osm.store.layout import BrokenStoreError
from ..osm.store.query import Store
from ..osm.tables.language import Names
from ..osm.tables.layers import OTHERS
from ..osm.tables.staged import Box, Staged
from ..request.export_request import ExportRequest
from ..request.plan import Plan
from ..sources import data_end, extract, opening, unchanged
from ..text.sentence_json import from_json
from . import data_warnings

# Views that are made of the source's own objects, which a store does not hold.
_OF_OBJECTS = ("source", "network", "navigation")


@dataclass(frozen=True)
class Raw:
    """What was read of the source: its file, and the folder of its objects."""

    file: Path
    folder: Path


class Reading:
    """The source of a request, read once, and only as far as formats need it."""

    def __init__(self, request: ExportRequest, plan: Plan, work: Path) -> None:
        self._request, self._plan, self._work = request, plan, work
        self._raw: Raw | None = None
        # The file of the source, if it is one, as this job found it.
        self._path: Path | None = None
        self._state: unchanged.State = None
        self._store: Store | None = None
        # What the rules say of what was read, which is the same at all levels: tiles have several.
        has_levels = any(FORMATS[name].view == "tiles" for name in request.formats)
        self._scans: dict[bool, Classification] | None = {} if has_levels else None
        # Of the data: ISO 8601, and where they came from, for people.
        self.date = self.source = ""

    def close(self) -> None:
        """Close the store, if one was used; nothing more is read."""
        if self._store is not None:
            self._store.close()

    @property
    def names(self) -> Names:
        """The names that are wanted; who draws may lack the font for a name."""
        return Names(self._request.language, any(FORMATS[name].is_styled for name in self._request.formats))

    def _rest(self, level: int) -> bool:
        """Whether what no layer knows is read at a level: tables are of the request's, coarser ones are of tiles.

        These are the same with tables beside them, as lines of the rest would keep corners that they do without.
        """
        return self._plan.rest and (level == self._request.detail or OTHERS in self._request.layers)

    def staged(self, level: int, feedback: Feedback) -> Staged:
        """The rows of the request's layers at a detail level, whole, in lon/lat."""
        first = self._raw is None and self._store is None
        if first:
            self._store = self._find()
        if self._store is not None:
            try:
                return self._from_store(self._store, level, first, feedback)
            except BrokenStoreError:
                keeper.discard(self._store)
                self._store = None
        return self._from_source(level, first, feedback)

    def _find(self) -> Store | None:
        path = opening.path_of(self._request.source)
        if path is None or any(FORMATS[name].view in _OF_OBJECTS for name in self._request.formats):
            return None
        return keeper.find(path)

    def _from_store(self, store: Store, level: int, first: bool, feedback: Feedback) -> Staged:
        request, wide = self._request, self._plan.reach
        part = feedback.part(0, 100, "read")
        staged = store.stage(
            wide, request.layers, level, part, request.area.box, request.tags, self.names, self._plan.least,
            self._rest(level),
        )  # fmt: skip
        if first:
            self.source, self.date = store.header.name, store.header.date
            for code, text in store.header.warnings:
                with contextlib.suppress(TypeError, ValueError):
                    feedback.warning(str(code), from_json(text))
            data_warnings.tell(
                request, staged, store.box, lambda: store.reach(wide), self.source, self._plan.shown, feedback
            )
        return staged

    def _from_source(self, level: int, first: bool, feedback: Feedback) -> Staged:
        request = self._request
        raw = self.raw(feedback.part(0, 70))
        part = feedback.part(70 if first else 0, 100, "sort")
        staged = staging.stage(
            raw.folder, request.layers, level, part, request.area.box, request.tags, self.names, self._plan.least,
            self._rest(level), self._scans,
        )  # fmt: skip
        if first:
            told, shown = data_end.told_box(raw.file), self._plan.shown
            data_warnings.tell(
                request, staged, told, lambda: data_end.reach_of(raw.folder), self.source, shown, feedback
            )
            with contextlib.suppress(OSError, RequestError):
                path = opening.path_of(request.source)
                if path is not None:
                    background_build.start(path)
        return staged

    def raw(self, feedback: Feedback) -> Raw:
        """What was read of the source itself; where a format needs it, also beside a store."""
        if self._raw is None:
            self._raw = self._read(feedback)
        return self._raw

    def _read(self, feedback: Feedback) -> Raw:
        request, wide = self._request, self._plan.reach
        share = opening.share(request.source) / 0.7
        self._path = opening.path_of(request.source)
        self._state = unchanged.state_of(self._path) if self._path is not None else None
        with unchanged.unchanged(self._path, self._state):
            return self._read_now(share, wide, feedback)

    def unchanged(self, view: str) -> ContextManager[None]:
        """While a view is used: SourceError where it reads the source's own file, and that is another one by now."""
        is_read = view in _OF_OBJECTS and self._raw is not None and self._raw.file == self._path
        return unchanged.unchanged(self._path if is_read else None, self._state)

    def _read_now(self, share: float, wide: Box, feedback: Feedback) -> Raw:
        request = self._request
        source = opening.open_source(
            request.source, wide, request.layers, request.detail, request.timeout, self._work,
            feedback.part(0, share, "download"),
        )  # fmt: skip
        self.source, self.date = source.name, source.date
        keys = self.names.keys
        if any(FORMATS[name].view in ("network", "navigation") for name in request.formats):
            keys += streets.KEYS
        more = request.tags != "table" or self._plan.rest
        folder = extract.read(source.path, wide, self._work, feedback.part(share, 100, "read"), more, keys)
        return Raw(source.path, folder)
