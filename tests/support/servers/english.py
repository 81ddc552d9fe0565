"""What stays English on a page in another language, as far as letters tell."""

import re

from lxml import html

from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.server.website.texts import told

# What is called so in every language: names, file endings, words that a program reads.
_NAMES = (
    "osm2cdr", "OpenStreetMap", "contributors", "API", "OpenAPI", "GeoJSON", "Polygon", "coordinates", "Python",
    "Node", "Browser", "curl", "Google", "GitHub", "Free", "Basic", "Pro", "Enterprise", "Letter", "Legal",
    "Tabloid", "Corel", "Illustrator", "English", "UTC", "X-API-Key", "helsinki", "osm", "pbf", "svg",
)  # fmt: skip
_SHOWN = ("title", "placeholder", "aria-label", "alt", "data-confirm", "aria-valuetext")
_WORD = re.compile(r"(?<![\w/{.@<-])[A-Za-z][A-Za-z'-]{2,}(?![\w/}@-])")
# Two in a row are a piece of a sentence; one among other letters is what something is called.
_PAIR = re.compile(r"(?<![\w/{.@<-])[a-z]{2,} [a-z]{2,}(?![\w/}@-])")
_OTHERS = re.compile(r"[а-яё]", re.IGNORECASE)


def remains(page, *allowed):
    """The texts of a page of HTML that have words in Latin letters which are nobody's name, each with these words.

    What stands as code, or is marked as English, is not looked at; `allowed` are words that it may have.
    """
    tree = html.fromstring(page)
    for element in tree.xpath("//script|//style|//code|//pre|//textarea|//*[@lang='en']"):
        element.drop_tree()
    texts = [" ".join(text.split()) for text in tree.xpath("//text()")]
    texts += [element.get(name) for name in _SHOWN for element in tree.xpath(f"//*[@{name}]")]
    names = sorted({told("ru", item.name) for item in FORMATS.values()}, key=len, reverse=True)
    known, found = {*_NAMES, *allowed}, []
    for text in dict.fromkeys(filter(None, texts)):
        rest = text
        for name in names:
            rest = rest.replace(name, "")
        words = _PAIR.findall(rest)
        if not _OTHERS.search(rest):
            words += [word for word in _WORD.findall(rest) if word not in known]
        if words:
            found.append((text[:120], words))
    return found
