"""A drawing as formats of little ability hold it: opaque, names upright or turned, all else outlines in named groups.

What a file cannot hold is told, once a file. Halos are groups of their own below the names that they shine round; in
formats that keep things together, each is one thing with its name.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Callable, Iterator

import numpy as np

from ...drawing.clean.flattening import flattened
from ...drawing.clean.outlining import as_outlines
from ...drawing.model import Color, Drawing, Group, Image, Item, Line, Path, Points, Text
from ...drawing.shaping import is_simple
from ...drawing.things import things
from ...errors import WriteError
from ...text.sentence import say
from ..contract import Job, Written
from .upright import upright

HALO, HALOS, OUTLINES = " – halo", " – halos", " – outlines"
# How far from its chord, in sizes of its font, a baseline may bend for its name to be straight.
_SLIGHT = 0.08
# Turned by less (degrees) is upright.
_UPRIGHT = 0.05
_MM = 25.4 / 72


@dataclass(frozen=True)
class Ability:
    """What the texts of a format can be, which of them it has the letters for, and what else it knows.

    `bent`: texts lie on paths, letter by letter; `things`: what belongs together is one thing, its halo included.
    """

    turned: bool = True
    spaced: bool = True
    bent: bool = False
    things: bool = False
    spells: Callable[[str], bool] = lambda text: True
    clear: bool = False
    pictures: bool = True
    # Whether it has texts at all: to one that has none they are handed as they are.
    live: bool = True


def reduced(drawing: Drawing, job: Job, ability: Ability) -> Drawing:
    """The drawing with nothing that the format lacks; tells what became of the rest."""
    if not ability.pictures:
        drawing = _without_pictures(drawing, job)
    if not ability.clear and any(color.alpha < 1 for color in _colors(drawing)):
        text = say("{0} knows no transparency: what shines through has the colour that is seen.", job.format.name)
        job.feedback.warning("flattened", text)
    made = drawing if ability.clear else flattened(upright(drawing), clear=False)
    told: dict[str, int] = {}
    layers = []
    taken_apart = _whole_things if ability.things else _groups
    for layer in made.layers:
        job.feedback.check()
        groups = [new for group in layer.groups for new in taken_apart(group, group.name or layer.name, ability, told)]
        layers.append(replace(layer, groups=groups))
    _tell(job, told)
    return replace(made, layers=layers)


def _without_pictures(drawing: Drawing, job: Job) -> Drawing:
    layers = []
    for layer in drawing.layers:
        groups = [replace(g, items=[item for item in g.items if not isinstance(item, Image)]) for g in layer.groups]
        if any(isinstance(item, Image) for item in layer.items):
            text = say("{0} is without the pictures of the layer {1}.", job.format.name, layer.name)
            job.feedback.warning("picture_left_out", text)
        layers.append(replace(layer, groups=groups))
    return replace(drawing, layers=layers)


def is_halo(group: Group) -> bool:
    """Whether a group is what shines round the names of another."""
    return group.name.endswith(HALOS)


def counted(drawing: Drawing) -> dict[str, int]:
    """Objects by layer of a reduced drawing, as the drawing had them before: a halo belongs to its name."""
    return {
        layer.title: sum(len(group.items) for group in layer.groups if not is_halo(group)) for layer in drawing.layers
    }


def prove_layers(name: str, held: list[tuple[str, int]], written: Written) -> None:
    """WriteError where a file that `name` calls does not hold the layers in order, each with its objects."""
    if held != list(written.layers.items()):
        count = sum(objects for _, objects in held)
        raise WriteError(
            "not_proven", say("{0} holds {1} of {2} objects, or other layers.", name, count, written.features)
        )


def things_in(drawing: Drawing) -> dict[str, int]:
    """Things by layer."""
    return {layer.title: sum(1 for group in layer.groups for _ in things(group)) for layer in drawing.layers}


def _tell(job: Job, told: dict[str, int]) -> None:
    name = job.format.name
    sentences = {
        "bent": say("{0} knows no bent names: outlines stand for {1} of them.", name, told.get("bent", 0)),
        "turned": say("{0} knows no turned names: outlines stand for {1} of them.", name, told.get("turned", 0)),
        "spaced": say("{0} knows no spaced names: outlines stand for {1} of them.", name, told.get("spaced", 0)),
        "letters": say("{0} lacks letters of {1} names: outlines stand for them.", name, told.get("letters", 0)),
    }
    for why, sentence in sentences.items():
        if why in told:
            job.feedback.warning(f"outlined_{why}", sentence)


def _colors(drawing: Drawing) -> Iterator[Color]:
    for item in drawing.items:
        if isinstance(item, Path):
            yield from (item.fill,) if item.fill else ()
            yield from (item.stroke.color,) if item.stroke else ()
        elif isinstance(item, Text):
            yield from (item.color, item.halo.color) if item.halo else (item.color,)


def _groups(group: Group, title: str, ability: Ability, told: dict[str, int]) -> list[Group]:
    """A group's halos, the group itself, and the outlines that stand for names of it."""
    halos: list[Item] = []
    live: list[Item] = []
    outlines: list[Item] = []
    for item in group.items:
        if not isinstance(item, Text) or not ability.live:
            live.append(item)
            continue
        straight = straightened(item)
        why = _lacking(straight, ability)
        drawn = as_outlines(item if why else straight) if why or item.halo else []
        halos += [replace(part, name=item.name or item.string) for part in drawn[:-1] if isinstance(part, Path)]
        if why and drawn:
            told[why] = told.get(why, 0) + 1
            outlines.append(replace(drawn[-1], name=item.name or item.string))
        else:
            live.append(straight)
    made = [replace(group, items=live)] if live or not (halos or outlines) else []
    before = [Group(title + HALOS, halos)] if halos else []
    return [*before, *made, *([Group(title + OUTLINES, outlines)] if outlines else [])]


def _whole_things(group: Group, title: str, ability: Ability, told: dict[str, int]) -> list[Group]:
    """The group with each halo just before its name; outlines that stand for names alone are a group of their own."""
    live: list[Item] = []
    outlines: list[Item] = []
    for number, (_, members) in enumerate(things(group), 1):
        parts: list[Item] = []
        is_live = any(not isinstance(item, Text) for item in members)
        for item in members:
            drawn, why = _drawn(item, ability) if isinstance(item, Text) else ([item], "")
            if why:
                told[why] = told.get(why, 0) + 1
            is_live = is_live or not why
            parts += drawn
        # What has no number gets one that no thing has.
        thing = members[0].thing or (-number if len(parts) > 1 else 0)
        (live if is_live else outlines).extend(replace(part, thing=thing) for part in parts)
    made = [replace(group, items=live)] if live or not outlines else []
    return [*made, *([Group(title + OUTLINES, outlines)] if outlines else [])]


def _drawn(text: Text, ability: Ability) -> tuple[list[Item], str]:
    """A text's halo and the text, or its outlines and why it is these."""
    straight = straightened(text)
    why = _lacking(straight, ability)
    drawn = as_outlines(text if why else straight) if why or text.halo else []
    name = text.name or text.string
    halos: list[Item] = [replace(part, name=name + HALO) for part in drawn[:-1]]
    if why and drawn:
        return [*halos, replace(drawn[-1], name=name)], why
    # Of blanks alone there are no outlines.
    return [*halos, straight], ""


def _lacking(text: Text, ability: Ability) -> str:
    """Why the format cannot have a text as such; empty where it can."""
    if any(line.path is not None for line in text.lines):
        if not ability.bent or text.font.spacing or not is_simple(text.string):
            return "bent"
        return "" if all(ability.spells(line.text) for line in text.lines) else "letters"
    if text.rotation and not ability.turned:
        return "turned"
    if text.font.spacing and not ability.spaced:
        return "spaced"
    return "" if all(ability.spells(line.text) for line in text.lines) else "letters"


def straightened(text: Text) -> Text:
    """The text, straight and turned where its one line hardly bends; never turned by next to nothing."""
    path = text.lines[0].path if len(text.lines) == 1 else None
    if path is not None and _bend(path) <= _SLIGHT * text.font.size * _MM:
        line, rotation = _through_the_middle(text.lines[0], path)
        text = replace(text, lines=[line], rotation=rotation, anchor=0.5)
    return replace(text, rotation=0.0) if 0 < abs(text.rotation) < _UPRIGHT else text


def _bend(path: Points) -> float:
    """How far (mm) a line is from its chord at most; infinite where it goes back on itself."""
    chord = path[-1] - path[0]
    length = float(np.hypot(*chord))
    if not length or ((path[1:] - path[:-1]) @ chord < 0).any():
        return math.inf
    offsets = path - path[0]
    return float(np.abs(offsets[:, 0] * chord[1] - offsets[:, 1] * chord[0]).max()) / length


def _through_the_middle(line: Line, path: Points) -> tuple[Line, float]:
    """A line that hardly bends as a straight one through its middle, and its turn in degrees, counterclockwise."""
    chord = path[-1] - path[0]
    along = chord / np.hypot(*chord)
    offsets = path - path[0]
    aside = offsets[:, 1] * along[0] - offsets[:, 0] * along[1]
    shift = (float(aside.max()) + float(aside.min())) / 2
    middle = (path[0] + path[-1]) / 2 + np.array([-along[1], along[0]]) * shift
    start = middle - along * line.width / 2
    return replace(line, x=float(start[0]), y=float(start[1]), path=None), -math.degrees(math.atan2(*chord[::-1]))
