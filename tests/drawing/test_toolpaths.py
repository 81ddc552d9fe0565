"""Toolpaths: each way once, what lies inside first, letters of one stroke, hatches, what a plate covers."""

import unicodedata

import numpy as np
import pytest

pytestmark = pytest.mark.one_system("geometry of our own, in numpy; conformance tries it on both")

PAGE = (0.0, 0.0, 100.0, 100.0)


def square(left, top, side):
    right, bottom = left + side, top + side
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], float)


def segments(*lines):
    return np.concatenate([np.hstack([line[:-1], line[1:]]) for line in map(np.asarray, lines)])


def length(lines):
    return sum(np.hypot(*np.diff(line, axis=0).T).sum() for line in lines)


def drawing_of(paths, texts=(), clipped=True, plates=()):
    from osm2cdr.processing_provider.drawing.model import Color, Drawing, Group, Layer

    layers = [Layer("Things", [Group("Things", [*paths, *texts])], clipped)]
    if plates:
        layers.append(Layer("Sheet", [Group("Plates", list(plates))], clipped=False))
    return Drawing(100.0, 100.0, Color(255, 255, 255), PAGE, layers, "notice")


def path_of(line, color=(255, 0, 0), fill=None):
    from osm2cdr.processing_provider.drawing.model import LINE, MOVE, Color, Path, Stroke

    kinds = np.full(len(line), LINE, np.uint8)
    kinds[0] = MOVE
    stroke = Stroke(Color(*color), 0.05) if color else None
    return Path(np.asarray(line, float), kinds, Color(*fill) if fill else None, stroke)


def built(drawing, spacing=0.0):
    from osm2cdr.processing_provider.drawing.toolpaths.build import build_toolpaths
    from osm2cdr.processing_provider.feedback import Feedback

    return build_toolpaths(drawing, Feedback(), spacing)


@pytest.mark.parametrize("shift", [0.0, 0.011])
def test_the_wall_of_two_houses_is_cut_once(qgis, shift):
    """Also where one is longer, and where the corners miss the wall by a hundredth of a millimetre."""
    from osm2cdr.processing_provider.drawing.toolpaths.noding import joined

    lines = joined(segments(square(10, 10, 10), square(20 + shift, 12, 6)))
    assert length(lines) == pytest.approx(40 + 24 - 6, abs=0.1)


def test_a_fine_curve_stays_a_curve(qgis):
    """Its corners lie closer to each other than what counts as one place."""
    from osm2cdr.processing_provider.drawing.toolpaths.noding import joined

    turn = np.linspace(0, 2 * np.pi, 1000)
    circle = np.column_stack([50 + np.cos(turn), 50 + np.sin(turn)])
    circle[-1] = circle[0]
    (line,) = joined(segments(circle))
    assert (line[0] == line[-1]).all()
    assert length([line]) == pytest.approx(2 * np.pi, rel=0.02)


def test_what_lies_inside_is_cut_before_what_is_round_it(qgis):
    houses = [square(10, 10, 60), square(20, 20, 30), square(25, 25, 5), square(80, 80, 5)]
    made = built(drawing_of([path_of(house) for house in houses]))
    cut = next(operation for operation in made.operations if operation.name == "Cut")
    sides = [round(np.ptp(line[:, 0])) for line in cut.lines]
    assert sides.index(5) < sides.index(30) < sides.index(60)
    assert made.pieces == 4
    assert made.operations[-1].name == "Frame"


def test_the_way_between_lines_is_short(qgis):
    """A tenth of what it is in the order in which they come."""
    from osm2cdr.processing_provider.drawing.toolpaths.model import Operation
    from osm2cdr.processing_provider.drawing.toolpaths.ordering import sorted_lines
    from osm2cdr.processing_provider.feedback import Feedback

    # Places that lie as if thrown, always the same.
    number = np.arange(1500)
    start = np.column_stack([number * 37.777 % 100, number * 61.803 % 100])
    lines = [np.array([place, place + np.array([0.5, 0.3])]) for place in start]
    done = sorted_lines(lines, np.zeros(2), PAGE, Feedback())
    assert len(done) == len(lines)
    before, after = (Operation("", "", tuple(some)).travel for some in (lines, done))
    assert after < before / 10


def test_hatches_leave_holes_free_and_end_at_the_frame(qgis):
    from osm2cdr.processing_provider.drawing.model import LINE, MOVE, Color, Path

    rings = np.concatenate([square(-10, 10, 60), square(10, 20, 20)])
    kinds = np.array([MOVE, LINE, LINE, LINE, LINE] * 2, np.uint8)
    water = Path(rings, kinds, Color(0, 0xE0, 0xE0))
    made = built(drawing_of([water]), 0.5)
    (hatch,) = [operation for operation in made.operations if operation.name == "Hatch water"]
    points = np.concatenate([(line[:-1] + line[1:]) / 2 for line in hatch.lines])
    assert points[:, 0].min() > 0
    inside = ((points > (10.01, 20.01)) & (points < (29.99, 39.99))).all(axis=1)
    assert not inside.any()
    # An area is as large as its lines are long, times their distance.
    assert hatch.length * 0.5 == pytest.approx(50 * 60 - 20 * 20, rel=0.02)
    assert not [one for one in built(drawing_of([water])).operations if one.name == "Hatch water"]


def test_lines_end_at_the_frame_and_at_a_plate(qgis):
    from osm2cdr.processing_provider.drawing.model import Color, rectangle

    plate = rectangle(40, 40, 60, 60, Color(255, 255, 255))
    made = built(drawing_of([path_of([(-20, 50), (120, 50)], (0, 0, 0))], plates=[plate]))
    engraved = next(operation for operation in made.operations if operation.name == "Engrave")
    assert sorted(tuple(sorted(line[:, 0].tolist())) for line in engraved.lines) == [(0, 40), (60, 100)]


@pytest.mark.parametrize("turned", [False, True])
def test_a_level_line_beside_a_plate_or_the_frame_is_not_on_it(qgis, turned):
    from osm2cdr.processing_provider.drawing.model import Color, rectangle

    plate = rectangle(40, 40, 60, 60, Color(255, 255, 255))
    lines = np.array([[(30, 20), (70, 20)], [(30, 120), (70, 120)]], float)
    lines = lines[:, :, ::-1] if turned else lines
    made = built(drawing_of([path_of(line, (0, 0, 0)) for line in lines], plates=[plate]))
    engraved = next(operation for operation in made.operations if operation.name == "Engrave")
    assert [sorted(line.tolist()) for line in engraved.lines] == [sorted(lines[0].tolist())]


def test_every_letter_of_european_maps_has_strokes(qgis):
    """Latin, Greek and Cyrillic of all official languages of Europe, and what stands on maps besides."""
    from osm2cdr.processing_provider.drawing.toolpaths.letters import is_drawn

    letters = [chr(code) for first, last in ((0x21, 0x7E), (0xC0, 0x17F), (0x391, 0x3CE), (0x401, 0x45F))
               for code in range(first, last + 1)]  # fmt: skip
    old = "\u0132\u0133\u013f\u0140\u0149\u017f"  # ligatures and letters that no language takes any more
    missing = [letter for letter in letters if letter not in old and not is_drawn(letter)
               and unicodedata.category(letter) not in ("Cn",)]  # fmt: skip
    assert missing == []
    assert is_drawn("Łódź, Ångström, Çeşme, Győr, Đakovo; ЁЙЇЄҐЉЊЂЋ № 5 – «Ο Όλυμπος» © 1:10 000")
    assert not is_drawn("北京")
    assert not is_drawn("القاهرة")


def test_a_text_is_as_wide_as_its_font_made_it(qgis):
    from osm2cdr.processing_provider.drawing.toolpaths.letters import CAPITALS, written

    strokes = np.concatenate(written("Hamburg", 10.0, np.array([(5.0, 50.0), (60.0, 50.0)]), 40.0, 0.0))
    assert strokes[:, 0].min() == pytest.approx(5, abs=0.5)
    assert strokes[:, 0].max() == pytest.approx(45, abs=0.5)
    # The highest is a capital above the baseline, which is the lower edge of letters without a tail.
    assert 50 - strokes[:, 1].min() == pytest.approx(10 * CAPITALS, rel=0.01)


def test_a_road_stops_at_the_letters_of_its_name_and_a_house_does_not(qgis):
    from osm2cdr.processing_provider.drawing.model import Color, Font, Line, Text

    text = Text([Line("HHHHH", 40.0, 51.0, 20.0)], Font("Noto Sans", 10.0), Color(0, 0, 0))
    road, house = path_of([(10, 50), (90, 50)], (0, 0, 0)), path_of(square(50, 40, 20))
    made = {one.name: one for one in built(drawing_of([road, house], [text])).operations}
    assert made["Cut"].length == pytest.approx(80)
    gap = 80 - made["Engrave"].length
    # The letters of 20 mm and 0.6 mm beside each of their strokes.
    assert 8 < gap < 21.3
    assert max(line[:, 0].max() for line in made["Engrave"].lines) == 90


def test_letters_without_strokes_come_as_outlines_and_are_told(qgis):
    from osm2cdr.processing_provider.drawing.model import Color, Font, Line, Text

    text = Text([Line("北京", 20.0, 50.0, 20.0)], Font("Noto Sans", 28.0), Color(0, 0, 0))
    made = built(drawing_of([path_of(square(10, 10, 5))], [text]))
    assert made.outlined == 1
    drawn = next(operation for operation in made.operations if operation.name == "Text")
    assert drawn.length > 50
