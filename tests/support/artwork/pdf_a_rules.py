"""PDF/A-2b (ISO 19005-2:2011), the clauses that a page of paths, texts, pictures and layers can break."""

import pdf_rules as rules


def _identified(file):
    if (file.value("pdfaid:part"), file.value("pdfaid:conformance")) != ("2", "B"):
        yield "the metadata do not say PDF/A-2b"


RULES = (
    ("6.1.2, 6.1.3, 6.1.4, 6.1.9", rules.file_structure),
    ("6.1.7", rules.streams),
    ("6.1.13", rules.limits),
    ("6.2.2", rules.operators),
    ("6.2.2", rules.resources),
    ("6.2.3", lambda file: rules.output_intent(file, "/GTS_PDFA1", b"RGB ")),
    ("6.2.4.3, 6.2.4.4", lambda file: rules.colors(file, ("rg", "RG"), "/DeviceRGB")),
    ("6.2.5, 6.2.10", rules.states),
    ("6.2.8", rules.images),
    ("6.2.11.3 to 6.2.11.5", rules.fonts),
    ("6.2.11.8", rules.no_missing_glyphs),
    ("6.3, 6.5", rules.nothing_active),
    ("6.6.2, 6.6.3", rules.metadata),
    ("6.6.4", _identified),
    ("6.9", rules.layers),
)


def faults(path) -> list[str]:
    """What breaks a clause."""
    return rules.faults(path, RULES)
