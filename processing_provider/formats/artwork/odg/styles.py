"""Named styles of an OpenDocument drawing: one for all that looks alike in a class (part 1, chapters 16 and 20)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Dict

from ....drawing.model import Color, Path, Stroke, Text
from ....text.xml_text import quoteattr
from .shapes import mm

_SIDES = {0.0: ("left", "start"), 0.5: ("center", "center"), 1.0: ("right", "end")}
# Gaps (mm) that nobody tells from one another.
_ALIKE = 0.01
# Names are in no language that a spelling could be checked by.
_PLAIN = (
    '<style:default-style style:family="graphic"><style:graphic-properties svg:stroke-color="#000000" '
    'draw:fill-color="#FFFFFF" fo:wrap-option="no-wrap"/><style:paragraph-properties style:text-autospace="none" '
    'style:writing-mode="lr-tb"/><style:text-properties fo:color="#000000" fo:font-size="9pt" fo:language="zxx" '
    'fo:country="none" style:font-size-asian="9pt" style:language-asian="zxx" style:country-asian="none" '
    'style:font-size-complex="9pt" style:language-complex="zxx" style:country-complex="none"/></style:default-style>'
    '<style:style style:name="standard" style:display-name="Default Drawing Style" style:family="graphic">'
    '<style:graphic-properties draw:stroke="none" draw:fill="none" fo:padding="0mm"/></style:style>'
)
# Attributes by the element that they stand in: graphic, paragraph, text.
Looks = Dict[str, Dict[str, str]]


class Styles:
    """The styles that are in use, each under the name of its class.

    What else looks otherwise in a class has a style below it, which says what differs: another colour or font of the
    class is theirs, too.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._first: dict[str, tuple[str, Looks]] = {}
        self._counts: dict[str, int] = {}
        self._styles: list[str] = []
        self._dashes: dict[tuple[str, tuple[float, ...]], str] = {}
        self._faces: dict[str, None] = {}

    @property
    def xml(self) -> str:
        """What stands in office:styles."""
        return "".join([*self._dash_styles(), _PLAIN, *self._styles])

    @property
    def uneven(self) -> int:
        """How many kinds of dashes have gaps that differ, or more than two lengths."""
        rows = {dash for _, dash in self._dashes}
        return sum(len(dash) > 4 or max(dash[1::2]) - min(dash[1::2]) > _ALIKE for dash in rows if len(dash) > 1)

    @property
    def faces(self) -> str:
        """What stands in office:font-face-decls."""
        return "".join(
            f"<style:font-face style:name={quoteattr(name)} svg:font-family={quoteattr(_family(name))}/>"
            for name in self._faces
        )

    def of_path(self, label: str, path: Path) -> str:
        """The name of the style of a path of a class."""
        return self._style(label, {"graphic": {**_fill(path.fill), **self._line(path.stroke)}})

    def of_picture(self) -> str:
        """The name of the style of pictures."""
        return self._style("Pictures", {"graphic": {"draw:stroke": "none", "draw:fill": "none"}})

    def of_text(self, label: str, text: Text, step: float = 0.0) -> str:
        """The name of the style of straight names, whose lines are `step` mm apart."""
        side, align = _SIDES.get(text.anchor, _SIDES[0.5])
        box = {
            "draw:stroke": "none", "draw:fill": "none", "draw:auto-grow-width": "true",
            "draw:auto-grow-height": "true", "draw:textarea-horizontal-align": side,
            "draw:textarea-vertical-align": "top", "fo:wrap-option": "no-wrap", "fo:padding": "0mm",
        }  # fmt: skip
        lines = {"fo:text-align": align, "fo:line-height": mm(step) if step else "100%"}
        return self._style(label, {"graphic": box, "paragraph": lines, "text": self._letters(text)})

    def of_bent_text(self, label: str, text: Text) -> str:
        """The name of the style of names along a path: their letters are filled as shapes are."""
        box = {
            **_fill(text.color), "draw:stroke": "none", "draw:auto-grow-width": "false",
            "draw:auto-grow-height": "false", "draw:textarea-horizontal-align": "center",
            "draw:textarea-vertical-align": "top", "fo:wrap-option": "no-wrap", "fo:padding": "0mm",
        }  # fmt: skip
        lines = {"fo:text-align": "center", "fo:line-height": "100%"}
        return self._style(label, {"graphic": box, "paragraph": lines, "text": self._letters(text)})

    def _letters(self, text: Text) -> dict[str, str]:
        font = text.font
        self._faces.setdefault(font.family)
        words = {"fo:color": text.color.hex, "style:letter-kerning": "true"}
        for kind in ("", "-asian", "-complex"):
            space = "style" if kind else "fo"
            words[f"style:font-name{kind}"] = font.family
            words[f"{space}:font-size{kind}"] = f"{font.size:.2f}pt"
            words[f"{space}:font-weight{kind}"] = "bold" if font.bold else "normal"
            words[f"{space}:font-style{kind}"] = "italic" if font.italic else "normal"
        words["fo:letter-spacing"] = f"{font.spacing * 72 / 25.4:.3f}pt" if font.spacing else "normal"
        if text.color.alpha < 1:
            words["loext:opacity"] = f"{text.color.alpha:.0%}"
        return words

    def _style(self, label: str, looks: Looks) -> str:
        whole = _properties(looks)
        known = self._names.get(label + whole)
        if known is not None:
            return known
        number = self._counts[label] = self._counts.get(label, 0) + 1
        name = self._names[label + whole] = f"map{len(self._names) + 1}"
        above, first = self._first.setdefault(label, (name, looks))
        parent, own = "standard", looks
        # What a shape does not say of fill and line, it has none of; letters say all but how clear they are.
        if above != name and set(first.get("text", ())) <= set(looks.get("text", ())):
            parent = above
            own = {part: {key: value for key, value in words.items() if first.get(part, {}).get(key) != value}
                   for part, words in looks.items()}  # fmt: skip
        shown = label if number == 1 else f"{label} ({number})"
        self._styles.append(
            f'<style:style style:name="{name}" style:display-name={quoteattr(shown)} style:family="graphic" '
            f'style:parent-style-name="{parent}">{_properties(own)}</style:style>'
        )
        return name

    def _line(self, stroke: Stroke | None) -> dict[str, str]:
        if stroke is None:
            return {"draw:stroke": "none"}
        words = {"draw:stroke": "dash" if stroke.dash else "solid", "svg:stroke-width": mm(stroke.width),
                 "svg:stroke-color": stroke.color.hex, "draw:stroke-linejoin": stroke.join,
                 "svg:stroke-linecap": stroke.cap, "svg:stroke-opacity": f"{stroke.color.alpha:.1%}"}  # fmt: skip
        if stroke.dash:
            key = stroke.cap, stroke.dash
            words["draw:stroke-dash"] = self._dashes.setdefault(key, f"dash{len(self._dashes) + 1}")
        return words

    def _dash_styles(self) -> list[str]:
        """Two kinds of dots or dashes in a row, one gap between them all."""
        made = []
        for (cap, dash), name in self._dashes.items():
            ons, offs = dash[::2], dash[1::2] or dash[:1]
            second = f' draw:dots2="1" draw:dots2-length="{mm(ons[1])}"' if len(ons) > 1 else ""
            made.append(
                f'<draw:stroke-dash draw:name="{name}" draw:style="{"round" if cap == "round" else "rect"}" '
                f'draw:dots1="1" draw:dots1-length="{mm(ons[0])}"{second} draw:distance="{mm(sum(offs) / len(offs))}"/>'
            )
        return made


def _properties(looks: Looks) -> str:
    return "".join(
        f"<style:{part}-properties{''.join(f' {key}={quoteattr(value)}' for key, value in words.items())}/>"
        for part, words in looks.items() if words
    )  # fmt: skip


def _fill(color: Color | None) -> dict[str, str]:
    if color is None:
        return {"draw:fill": "none"}
    return {"draw:fill": "solid", "draw:fill-color": color.hex, "draw:opacity": f"{color.alpha:.1%}",
            "svg:fill-rule": "evenodd"}  # fmt: skip


def _family(name: str) -> str:
    """A family as CSS has it."""
    return "'" + name.replace("'", "") + "'" if " " in name else name
