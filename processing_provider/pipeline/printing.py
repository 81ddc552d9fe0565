"""The scene that a format gets: with what lies round the houses or without, as large as life or for a printer."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING, Mapping

from ..feedback import Feedback
from ..formats.catalogue import Format
from ..request.format_options import LIFE_SIZE
from ..request.options import BY_FORMAT_OPTION, Value
from .stages import Stages

if TYPE_CHECKING:
    from ..scene.model import Scene
    from ..scene.printed import Print

_PLAIN = "#C8C8C8"


def scene_for(stages: Stages, item: Format, feedback: Feedback) -> Scene:
    """The scene of a job as a format holds it."""
    around = BY_FORMAT_OPTION["surroundings"].is_heeded_by(item)
    wanted = asked(stages.request.options) if BY_FORMAT_OPTION["print_size"].is_heeded_by(item) else None
    made = stages.scene(feedback.part(0, 80) if wanted else feedback)
    made = made if around else made.alone
    if wanted is None:
        return made
    # The same for formats that differ in nothing but what they are.
    key = len(made.meshes) > 1
    if key not in stages.printed:
        from ..scene.printed import printed

        color = stages.plan.theme.color.get("land") or _PLAIN
        stages.printed[key] = printed(made, wanted, color, feedback.part(80, 100, "print"))
    return stages.printed[key]


def asked(options: Mapping[str, Value]) -> Print | None:
    """What a printer is said to want; None where a model is to be as large as life."""
    from ..scene.printed import Print

    size, bed, base, wall = (
        str(options.get(name) or BY_FORMAT_OPTION[name].default)
        for name in ("print_size", "print_bed", "base", "minimum_wall")
    )
    width, _, depth = bed.partition("x")
    if size == LIFE_SIZE and not depth:
        return None
    sides = (float(width), float(depth)) if depth else (0.0, 0.0)
    return Print(0.0 if size == LIFE_SIZE else float(size), sides, float(base), float(wall))
