"""OpenDocument drawings by lxml: layers, objects and texts; and whether all of it is in OpenDocument's grammar.

The grammar is that of odfpy, which is made of the schema of OpenDocument 1.2: which element may stand in which, and
what attributes it may have.
"""

import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

DRAW, WORDS, OFFICE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("drawing", "text", "office")
)
# What LibreOffice's own namespace adds is left aside.
FOREIGN = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
HALO = " – halo"


@dataclass
class Layer:
    """The objects of a layer: how many, how many are paths, its texts with how often each is there."""

    objects: int = 0
    paths: int = 0
    texts: Counter = field(default_factory=Counter)
    names: set = field(default_factory=set)


def parts(path: Path) -> dict:
    """The XML parts, each parsed; the type stands first, unpacked."""
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.graphics"
        listed = etree.fromstring(archive.read("META-INF/manifest.xml"))
        named = {one.get(next(key for key in one.keys() if key.endswith("full-path"))) for one in listed}  # noqa: SIM118
        assert named - {"/"} == set(archive.namelist()) - {"mimetype", "META-INF/manifest.xml"}
        return {name: etree.fromstring(archive.read(name), etree.XMLParser(huge_tree=True))
                for name in archive.namelist() if name.endswith(".xml")}  # fmt: skip


def layers(path: Path) -> dict[str, Layer]:
    """The layers by name, the bottom one first, with what stands on each."""
    found = parts(path)
    listed = [one.get(f"{DRAW}name") for one in found["styles.xml"].iter(f"{DRAW}layer")]
    assert len(listed) == len(set(listed))
    made = {name: Layer() for name in listed}
    page = next(found["content.xml"].iter(f"{DRAW}page"))
    for group in page:
        assert group.tag == f"{DRAW}g"
        for one in group:
            leaves = [one] if one.tag != f"{DRAW}g" else list(one)
            (name,) = {leaf.get(f"{DRAW}layer") for leaf in leaves}
            here = made[name]
            here.objects += 1
            here.names.add(one.get(f"{DRAW}name"))
            _take(here, leaves)
    return made


def _take(here: Layer, leaves: list) -> None:
    """What an object is made of: words of a name that bends are one text."""
    texts = []
    for leaf in leaves:
        if leaf.tag == f"{DRAW}path":
            here.paths += not (leaf.get(f"{DRAW}name") or "").endswith(HALO) or len(leaves) == 1
        else:
            paragraphs = ["".join(_letters(one)) for one in leaf.iter(f"{WORDS}p")]
            texts.append(paragraphs)
    if len(texts) == 1:
        here.texts.update(texts[0])
    elif texts:
        here.texts[" ".join(word for words in texts for word in words)] += 1


def _letters(element) -> list[str]:
    """A paragraph's text, in which blanks are elements."""
    found = [element.text or ""]
    for one in element:
        if one.tag == f"{WORDS}s":
            found.append(" " * int(one.get(f"{WORDS}c", "1")))
        found += [*_letters(one), one.tail or ""]
    return found


def ungrammatical(path: Path) -> list[str]:
    """What OpenDocument's grammar does not have: elements where none may stand, attributes that are none."""
    from odf import grammar

    told = set()
    for name, root in parts(path).items():
        if name.startswith("META-INF"):
            continue
        for element in root.iter():
            here = tuple(element.tag[1:].split("}"))
            known, within = grammar.allowed_attributes.get(here), grammar.allowed_children.get(here)
            for key in element.keys():  # noqa: SIM118
                attribute = tuple(key[1:].split("}"))
                if attribute[0] != FOREIGN and known is not None and attribute not in known:
                    told.add(f"{here[1]} has no {attribute[1]}")
            for child in element:
                if within is not None and tuple(child.tag[1:].split("}")) not in within:
                    told.add(f"no {child.tag} in {here[1]}")
            for needed in grammar.required_attributes.get(here, ()):
                if f"{{{needed[0]}}}{needed[1]}" not in element.keys():  # noqa: SIM118
                    told.add(f"{here[1]} lacks {needed[1]}")
    return sorted(told)
