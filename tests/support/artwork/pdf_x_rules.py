"""PDF/X-4 (ISO 15930-7:2010), the clauses that a page of paths, texts, pictures and layers can break."""

import pdf_rules as rules


def _identified(file):
    if file.value("pdfxid:GTS_PDFXVersion") != "PDF/X-4":
        yield "the metadata do not say PDF/X-4"
    for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID", "xmpMM:VersionID",
                 "xmpMM:RenditionClass", "dc:title"):  # fmt: skip
        if not file.value(name):
            yield f"{name} is missing"


def _trapped(file):
    if str(file.document.docinfo.get("/Trapped")) != "/False" or file.value("pdf:Trapped") != "False":
        yield "it is not said whether it is trapped"
    for name in ("/CreationDate", "/ModDate", "/Title"):
        if name not in file.document.docinfo:
            yield f"{name} is missing"


def _boxes(file):
    media, bleed, trim = ([float(side) for side in file.page[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox"))
    for outer, inner in ((media, bleed), (bleed, trim)):
        if outer[0] > inner[0] or outer[1] > inner[1] or outer[2] < inner[2] or outer[3] < inner[3]:
            yield "a box is outside of the next larger one"
    if "/ArtBox" in file.page:
        yield "there is an ArtBox beside the TrimBox"


def _version(file):
    if not file.data.startswith(b"%PDF-1.6"):
        yield "it is not PDF 1.6"


def _white_knocks_out(file):
    """A colour without ink that is printed over others would be lost."""
    over, inks = "/P00", {}
    for operands, operator in file.content:
        if operator == "gs" and str(operands[0]).startswith("/P"):
            over = str(operands[0])
        elif operator in "kK":
            inks[operator] = [float(part) for part in operands]
        elif operator in ("f*", "B*") and over[2] == "1" and not any(inks.get("k", [1])):
            yield "white is printed over what lies below"
        elif operator in ("S", "B*") and over[3] == "1" and not any(inks.get("K", [1])):
            yield "a white line is printed over what lies below"


RULES = (
    ("6.1", _version),
    ("6.1", rules.file_structure),
    ("6.2.2", lambda file: rules.output_intent(file, "/GTS_PDFX", b"CMYK")),
    ("6.2.3", lambda file: rules.colors(file, ("k", "K"), "/DeviceCMYK")),
    ("6.2.6", _white_knocks_out),
    ("6.3", rules.fonts),
    ("6.3", rules.no_missing_glyphs),
    ("6.5, 6.6", rules.states),
    ("6.9", _trapped),
    ("6.10", rules.metadata),
    ("6.10", _identified),
    ("6.11", _boxes),
    ("6.12, 6.13", rules.nothing_active),
    ("6.14", rules.layers),
    ("6.16", rules.resources),
    ("6.16", rules.operators),
    ("6.16", rules.streams),
    ("6.16", rules.images),
)


def faults(path) -> list[str]:
    """What breaks a clause."""
    return rules.faults(path, RULES)
