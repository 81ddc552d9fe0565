"""What a presentation needs round its one slide: masters, a layout, themes, notes."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ...text.phrases import one_line
from ...text.xml_text import escape
from .ooxml import DECLARATION, OFFICE, relations

_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_SPACES = f'xmlns:a="{_MAIN}" xmlns:r="{OFFICE}" xmlns:p="{_SLIDES}"'
_TYPE = "application/vnd.openxmlformats-officedocument.{}+xml"
# A page of notes: A4.
_NOTES = 6_858_000, 9_144_000
_ROOT = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
)
_PLAIN = '<p:bg><p:bgPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'


def parts(size: tuple[int, int], shapes: str, notes: str) -> dict[str, tuple[str, str]]:
    """All parts but what the slide leads to: name to type and text. `size` is in EMU, `notes` are lines."""
    made = {
        "ppt/presentation.xml": (_TYPE.format("presentationml.presentation.main"), _presentation(size)),
        "ppt/slides/slide1.xml": (_TYPE.format("presentationml.slide"), _slide(shapes)),
        "ppt/slideLayouts/slideLayout1.xml": (_TYPE.format("presentationml.slideLayout"), _layout()),
        "ppt/slideMasters/slideMaster1.xml": (_TYPE.format("presentationml.slideMaster"), _master()),
        "ppt/notesMasters/notesMaster1.xml": (_TYPE.format("presentationml.notesMaster"), _notes_master()),
        "ppt/notesSlides/notesSlide1.xml": (_TYPE.format("presentationml.notesSlide"), _notes(notes)),
        "ppt/theme/theme1.xml": (_TYPE.format("theme"), _theme()),
        "ppt/theme/theme2.xml": (_TYPE.format("theme"), _theme()),
    }
    master, theme = ("slideMaster", "../slideMasters/slideMaster1.xml"), ("theme", "../theme/theme{}.xml")
    leads = {
        "presentation.xml": [("slideMaster", "slideMasters/slideMaster1.xml"), ("slide", "slides/slide1.xml"),
                             ("notesMaster", "notesMasters/notesMaster1.xml"), ("theme", "theme/theme1.xml")],
        "slideLayouts/slideLayout1.xml": [master],
        "slideMasters/slideMaster1.xml": [("slideLayout", "../slideLayouts/slideLayout1.xml"),
                                          (theme[0], theme[1].format(1))],
        "notesMasters/notesMaster1.xml": [(theme[0], theme[1].format(2))],
        "notesSlides/notesSlide1.xml": [("notesMaster", "../notesMasters/notesMaster1.xml"),
                                        ("slide", "../slides/slide1.xml")],
    }  # fmt: skip
    for name, rows in leads.items():
        folder, _, file = f"ppt/{name}".rpartition("/")
        made[f"{folder}/_rels/{file}.rels"] = ("", relations(rows))
    return made


def _part(tag: str, inside: str, more: str = "") -> str:
    return f"{DECLARATION}<p:{tag} {_SPACES}{more}>{inside}</p:{tag}>"


def _presentation(size: tuple[int, int]) -> str:
    width, height = size
    return _part(
        "presentation",
        '<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId3"/></p:notesMasterIdLst>'
        '<p:sldIdLst><p:sldId id="256" r:id="rId2"/></p:sldIdLst>'
        f'<p:sldSz cx="{width}" cy="{height}"/><p:notesSz cx="{_NOTES[0]}" cy="{_NOTES[1]}"/>',
    )


def _slide(shapes: str) -> str:
    inside = f"<p:cSld><p:spTree>{_ROOT}{shapes}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
    return _part("sld", inside)


def _layout() -> str:
    inside = f'<p:cSld name="Blank"><p:spTree>{_ROOT}</p:spTree></p:cSld>'
    return _part("sldLayout", f"{inside}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>", ' type="blank"')


def _master() -> str:
    inside = f"<p:cSld>{_PLAIN}<p:spTree>{_ROOT}</p:spTree></p:cSld>{_MAP}"
    layouts = '<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>'
    return _part("sldMaster", f"{inside}{layouts}")


def _notes_master() -> str:
    return _part("notesMaster", f"<p:cSld>{_PLAIN}<p:spTree>{_ROOT}{_body('')}</p:spTree></p:cSld>{_MAP}")


def _notes(text: str) -> str:
    lines = "".join(
        f'<a:p><a:r><a:rPr lang="en-US"/><a:t>{escape(one_line(line))}</a:t></a:r></a:p>' for line in text.splitlines()
    )
    inside = f"<p:cSld><p:spTree>{_ROOT}{_body(lines)}</p:spTree></p:cSld>"
    return _part("notes", f"{inside}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>")


def _body(lines: str) -> str:
    """The place of the notes' text."""
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Notes"/><p:cNvSpPr/><p:nvPr><p:ph type="body" idx="1"/></p:nvPr>'
        '</p:nvSpPr><p:spPr><a:xfrm><a:off x="685800" y="4400550"/><a:ext cx="5486400" cy="3600450"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>'
        f"{lines or '<a:p/>'}</p:txBody></p:sp>"
    )


def _theme() -> str:
    """The least theme that programs take: colours, fonts, and three fills, lines and effects."""
    named = {
        "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "4472C4", "accent2": "ED7D31",
        "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1",
        "folHlink": "954F72",
    }  # fmt: skip
    colors = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in named.items())
    font = '<a:latin typeface="Noto Sans"/><a:ea typeface=""/><a:cs typeface=""/>'
    fills = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    lines = '<a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'{DECLARATION}<a:theme xmlns:a="{_MAIN}" name="Map"><a:themeElements><a:clrScheme name="Map">{colors}'
        f'</a:clrScheme><a:fontScheme name="Map"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="Map"><a:fillStyleLst>{fills}</a:fillStyleLst><a:lnStyleLst>{lines}'
        f"</a:lnStyleLst><a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{fills}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )
