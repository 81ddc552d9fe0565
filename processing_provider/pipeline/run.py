"""The way of the data, from a request to proven files: the one way that every door takes."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ..errors import Cancelled, ExportError, WriteError, disk_is_full, unexpected
from ..feedback import Feedback
from ..formats.catalogue import FORMATS, Format
from ..formats.contract import Job
from ..formats.registry import writer
from ..request import unheeded
from ..request.export_request import ExportRequest
from ..request.options import BY_FORMAT_OPTION
from ..request.plan import make_plan
from ..sources import opening
from ..text.phrases import readable
from ..text.sentence import say
from . import view_builders
from .accounts import account_of
from .delivery import Result, deliver
from .publishing import shown
from .stages import Stages
from .step_words import doing
from .workfolder import WorkFolder

if TYPE_CHECKING:
    from ..cartography.rendering.canvas import Canvas
    from ..drawing.model import Drawing
    from ..scene.model import Scene
    from ..sources.project_layers import Input
    from ..tiles.model import Tiles

# Percent of a job that reading takes; the rest is shared by its formats, each with the views that it needs first.
_READ = 35.0


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
    plan = make_plan(request, own_layers)
    if not own_layers:
        opening.check(request.source)
    if text := unheeded.warning(request):
        feedback.warning("option_unheeded", text)
    if own_layers and request.overlay:
        feedback.warning(
            "overlay_of_layers", say("Layers of one's own come without the overlay; give its file as one of them.")
        )
    private = work_folder(folder)
    stages = None
    try:
        work = private.path
        stages = Stages(request, work, inputs, canvas, plan)
        try:
            stages.read(feedback.part(0, _READ))
        except (ExportError, OSError, sqlite3.Error) as error:
            if isinstance(error, Cancelled):
                raise
            if disk_is_full(error, work):
                raise WriteError("disk_full", say("The disk of {0} is full.", shown(folder))) from error
            if isinstance(error, ExportError):
                raise
            raise WriteError(
                "bad_folder", say("Nothing more can be written to {0}: {1}.", shown(folder), error)
            ) from error
        stages.name_files()
        results = []
        for number, name in enumerate(request.formats):
            share = (100 - _READ) / len(request.formats)
            part = feedback.part(_READ + share * number, _READ + share * (number + 1), name)
            part.progress(0, doing(name))
            item = FORMATS[name]
            results.append(one(stages, item, target, part))
        feedback.check()
        called = target.stem if target else stages.request.name
        deliver(results, folder, called, overwrite, feedback)
        feedback.progress(100)
        return results
    finally:
        if stages is not None:
            stages.close()
        private.close()


def work_folder(folder: Path) -> WorkFolder:
    """A folder of a run's own in the user's; WriteError where none can be made."""
    try:
        return WorkFolder(folder)
    except OSError as error:
        raise WriteError(
            "bad_folder", say("The folder {0} cannot be written to: {1}.", folder, error.strerror)
        ) from error


def one(stages: Stages, item: Format, target: Path | None, feedback: Feedback) -> Result:
    """One format's file, whole and proven, not yet where the user wants it; an error is told in the result."""
    request = stages.request
    result = Result(item.id)
    told = view_builders.ignored_crs(stages, item)
    feedback = feedback.noted(told)
    # A folder for each, so that a writer's helper files never meet those of another.
    private = stages.work / item.id
    private.mkdir()
    draft = private / (target.name if target else f"{request.name}_{item.id}{stages.suffix}.{item.extension}")
    try:
        view = view_builders.build(stages, item, feedback.part(0, 60))
        job = Job(
            item, title=request.title or request.name, name=request.name, dpi=request.dpi, options=request.options,
            feedback=feedback.part(60, 100), date=stages.date, source=stages.source,
            notice=readable(view.notice), theme=stages.plan.theme, colors=request.colors,
            profile=request.profile,
            page=stages.plan.sheet() if "sheet" in item.abilities else None, detail=request.detail,
            language=request.language, layers=tuple(request.layers),
        )  # fmt: skip
        module = writer(item)
        with stages.unchanged(item):
            if item.view == "scene" and cast("Scene", view).tiles:
                from ..formats.model.tiles import in_tiles

                draft, written = in_tiles(module, cast("Scene", view), draft, job)
            else:
                written = module.write(view, draft, job)
                module.prove(draft, view, written)
        feedback.check()
        if request.options.get("fonts") and item.view == "drawing":
            from ..formats.artwork.bundle import bundled

            draft = bundled(draft, cast("Drawing", view), request.language)
        if BY_FORMAT_OPTION["web_map"].is_heeded_by(item) and request.options.get("web_map"):
            from ..formats.tiles.web_map import with_page

            draft = with_page(draft, cast("Tiles", view), job)
        result.bytes, result.features = draft.stat().st_size, written.features
        result.warnings, result.layers = written.warnings, written.layers
        result.told = list(dict.fromkeys([*told, *stages.told_of(item)]))
        result.account = account_of(stages, item, view)
        result.draft, result.ending = draft, draft.name[len(target.stem if target else request.name) :]
        # Another ending than its user wrote is a file that they were not asked about.
        result.is_as_asked = target is None or draft.name == target.name
    except Cancelled:
        raise
    except ExportError as error:
        result.error = error
    except OSError as error:
        reason = error.strerror or str(error)
        result.error = WriteError("write_failed", say("{0} could not be written: {1}.", say(item.name), reason))
    except sqlite3.Error as error:
        result.error = WriteError("write_failed", say("{0} could not be written: {1}.", say(item.name), error))
    except Exception:
        # One format's fault must not cost the others.
        result.error = unexpected()
    # Libraries meet a full disk with all kinds of words, or with none.
    if result.error is not None and disk_is_full(result.error, stages.work):
        where = shown(stages.work.parent)
        result.error = WriteError(
            "disk_full", say("{0} could not be written: the disk of {1} is full.", say(item.name), where)
        )
    return result
