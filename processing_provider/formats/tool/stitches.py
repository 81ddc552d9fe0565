"""Stitches of toolpaths: the map in a hoop, a thread for each colour, every line a run of even stitches."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...drawing.model import Box, Points
from ...drawing.toolpaths.model import Operation, Toolpaths
from ...drawing.toolpaths.operations import CUT, FRAME, HATCHES, SCORE, TEXT
from ...errors import ExportError
from ...request.options import BY_FORMAT_OPTION
from ...text.sentence import say
from ..contract import Job

Integers = npt.NDArray[np.int64]
# Stitches are counted in tenths of a millimetre.
UNITS = 10
# What a stitch does: the needle goes down, the frame moves without it.
STITCH, JUMP = 0, 1
# In mm: the usual stitch, the shortest one, the shortest line that thread shows, and how far it may lie open.
_LONG, _SHORT, _SHOWN, _OPEN = 2.4, 0.4, 1.5, 2.0
# Capitals of letters that can be read are so many mm high at least.
_LETTERS = 4.0
# Room between the design and the hoop, in mm, and the stitches that fasten a thread.
_MARGIN, _TIES = 5.0, (0.0, 0.5, 0.0)
# More than this many stitches are more than machines for the home take.
_MANY = 200_000
# Threads in the place of the colours of operations, which are signals: a map on white cloth.
_THREADS = {**dict(zip(HATCHES, ("#2584BB", "#66BA49"))), FRAME: "#000000", CUT: "#878787", SCORE: "#0A55A3",
            TEXT: "#000000"}  # fmt: skip


@dataclass(frozen=True)
class Thread:
    """What is sewn with one colour: `moves` (n, 2) are places in tenths of a millimetre from the middle of the design,
    y upwards, `kinds` (n,) what happens there.
    """

    name: str
    color: str
    moves: Integers
    kinds: Integers


@dataclass(frozen=True)
class Design:
    """The threads one after another, and the box of them all (left, bottom, right, top) in tenths of a millimetre."""

    threads: tuple[Thread, ...]
    box: tuple[int, int, int, int]

    @property
    def stitches(self) -> int:
        """How often the needle goes down."""
        return sum(int((thread.kinds == STITCH).sum()) for thread in self.threads)


def sewn(view: Toolpaths, job: Job) -> Design:
    """The design that fits the hoop; names and title only where names were asked for and are large enough, nothing else
    of the sheet, whose scale would be wrong, and no line that thread cannot show.

    Raises ExportError where nothing is left. What was left out, and how large the map is, is told.
    """
    hoop = str(job.options.get("hoop") or BY_FORMAT_OPTION["hoop"].default)
    # The frame is round all that is sewn but a title, which can only be known when the map is as large as it will be.
    box = view.frame
    factor, turn = _fit(box, hoop)
    lettering = _lettering(view, job, factor)
    if lettering:
        ends = np.concatenate([np.array([box[:2], box[2:]]), *lettering])
        box = (*ends.min(axis=0).tolist(), *ends.max(axis=0).tolist())
        factor, turn = _fit(box, hoop)
    middle = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
    threads, lost = [], 0
    for operation in view.operations:
        job.feedback.check()
        sewn_lines = lettering if operation.color == TEXT else operation.lines
        lines = [((line - middle) * (factor, -factor)) @ turn for line in sewn_lines]
        # A dot of a letter is no line that is lost.
        kept = [line for line in lines if operation.color == TEXT or _length(line) >= _SHOWN]
        lost += len(lines) - len(kept)
        if kept:
            threads.append(_thread(operation, kept))
    if not threads:
        raise ExportError("no_stitches", "No line of the map is long enough to be sewn in this hoop.", "options")
    places = np.concatenate([thread.moves for thread in threads])
    (left, bottom), (right, top) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
    design = Design(tuple(threads), (left, bottom, right, top))
    _tell(view, job, design, factor, hoop, lost)
    return design


def _lettering(view: Toolpaths, job: Job, factor: float) -> list[Points]:
    """The lines of names and title whose letters can be sewn, where names are asked for; how many cannot is told."""
    if not job.options.get("stroke_names"):
        return []
    large = [text for text in view.lettering if text.height * factor >= _LETTERS]
    if len(large) < len(view.lettering):
        lost = len(view.lettering) - len(large)
        text = say("Names with capitals of less than {0} mm, too small to be sewn, are left out: {1}.", _LETTERS, lost)
        job.feedback.warning("small_names", text)
    return [line for text in large for line in text.lines]


def _fit(box: Box, hoop: str) -> tuple[float, Points]:
    """By how much a box shrinks or grows into a hoop, and how it is turned: upright, or by a right angle."""
    wide, high = (float(side) - 2 * _MARGIN for side in hoop.split("x"))
    width, height = box[2] - box[0], box[3] - box[1]
    upright, turned = min(wide / width, high / height), min(wide / height, high / width)
    if turned > upright:
        return turned, np.array([[0.0, 1.0], [-1.0, 0.0]])
    return upright, np.eye(2)


def _length(line: Points) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def _thread(operation: Operation, lines: list[Points]) -> Thread:
    """All lines of an operation as stitches; a jump between those that lie far apart, each end fastened."""
    moves: list[Points] = []
    kinds: list[Integers] = []
    last = None
    for number, line in enumerate(lines):
        run = _run(line)
        far = last is None or np.hypot(*(run[0] - last)) > _OPEN
        if far:
            moves.append(run[:1])
            kinds.append(np.array([JUMP]))
            run = np.concatenate([_tie(run), run])
        is_last = number + 1 == len(lines) or np.hypot(*(lines[number + 1][0] - run[-1])) > _OPEN
        if is_last:
            run = np.concatenate([run, _tie(run[::-1])])
        moves.append(run)
        kinds.append(np.full(len(run), STITCH))
        last = run[-1]
    places = np.rint(np.concatenate(moves) * UNITS).astype(np.int64)
    what = np.concatenate(kinds)
    # A stitch in the place of the last one tears the cloth.
    moved = np.concatenate([[True], (np.diff(places, axis=0) != 0).any(axis=1)])
    keep = moved | (what == JUMP)
    return Thread(operation.name, _THREADS.get(operation.color, operation.color), places[keep], what[keep])


def _run(line: Points) -> Points:
    """The places of stitches along a line: its corners that are far enough apart, and evenly between them."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    # Of corners closer than the shortest stitch the first one stays.
    bins = np.floor(along / _SHORT).astype(np.int64)
    first = np.concatenate([[True], np.diff(bins) > 0])
    first[-1] = True
    kept = along[first]
    kept = kept[np.concatenate([[True], (np.diff(kept) > _SHORT / 2)])]
    kept[-1] = along[-1]
    gaps = np.diff(kept)
    counts = np.maximum(np.ceil(gaps / _LONG).astype(np.int64), 1)
    start = np.repeat(kept[:-1], counts)
    number = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    at = np.concatenate([start + number * np.repeat(gaps / counts, counts), along[-1:]])
    return np.column_stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)])


def _tie(run: Points) -> Points:
    """Small stitches there and back at the beginning of a run."""
    step = run[1] - run[0]
    size = np.hypot(*step)
    way = step / size if size else np.zeros(2)
    tied: Points = run[0] + np.array(_TIES)[:, None] * way
    return tied


def _tell(view: Toolpaths, job: Job, design: Design, factor: float, hoop: str, lost: int) -> None:
    if lost:
        text = say("Lines shorter than {0} mm, which cannot be sewn, are left out: {1}.", _SHOWN, lost)
        job.feedback.warning("short_lines", text)
    if view.scale and abs(factor - 1) > 0.001:
        text = say("In the hoop of {0} mm the map is 1:{1}.", hoop, f"{view.scale / factor:,.0f}")
        job.feedback.warning("scale_in_hoop", text)
    if design.stitches > _MANY:
        text = say("The design has {0} stitches, more than many machines take.", f"{design.stitches:,}")
        job.feedback.warning("many_stitches", text)
