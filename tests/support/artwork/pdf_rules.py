"""What standards ask of a PDF, read clause by clause with pikepdf: each rule is a clause and what it finds wrong.

Here stands what PDF/A-2b (ISO 19005-2:2011) and PDF/X-4 (ISO 15930-7:2010) have in common; `pdf_a_rules` and
`pdf_x_rules` have the rest. veraPDF is in no registry that the tests may ask.
"""

import html
import re
import struct

import pikepdf

# Operators of a content stream that our files have, of those of ISO 32000-1, annex A.
_OPERATORS = "q Q cm w J j M d gs m l c h S f* B* n W W* BT ET Tc Tf Tr Tm Tj TJ k K rg RG cs CS scn SCN Do BDC EMC re"
WIDEST = 1


class Opened:
    """A file: its bytes, its objects, its page's content, its XMP as text."""

    def __init__(self, path, document):
        self.data = path.read_bytes()
        self.document = document
        self.root = document.Root
        self.page = document.pages[0]
        self.resources = self.page.Resources
        self.content = [
            (list(part.operands), str(part.operator)) for part in pikepdf.parse_content_stream(document.pages[0])
        ]
        self.xmp = self.root.Metadata.read_bytes().decode()

    def value(self, name):
        """A property of the XMP packet; a text by language as the text."""
        found = re.search(rf"<{name}>(.*?)</{name}>", self.xmp, re.DOTALL)
        return html.unescape(re.sub(r"<[^>]*>", "", found[1]).strip()) if found else None

    def every(self, kind):
        """The dictionaries of the file whose Type or Subtype is that."""
        for item in self.document.objects:
            if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)) and kind in (
                str(item.get("/Type")), str(item.get("/Subtype"))
            ):  # fmt: skip
                yield item


def file_structure(file):
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}\n", file.data):
        yield "the header is not the version and four bytes beyond ASCII"
    if not re.search(rb"startxref\n\d+\n%%EOF\n$", file.data):
        yield "something stands behind the end"
    if len(file.document.trailer.ID) != 2 or "/Encrypt" in file.document.trailer:
        yield "the trailer has no identity, or a key"
    if not re.search(rb"\nxref\n0 \d+\n\d{10} \d{5} f \n", file.data):
        yield "the table of objects is not as it should be"


def streams(file):
    for place in re.finditer(rb"/Length (\d+)[^\n]*>>\nstream\n", file.data):
        if not file.data[place.end() + int(place[1]) :].startswith(b"\nendstream\nendobj\n"):
            yield f"a stream at {place.start()} has another length"
    for item in file.document.objects:
        packed = str(item.get("/Filter", "/FlateDecode")) if isinstance(item, pikepdf.Stream) else "/FlateDecode"
        if packed != "/FlateDecode" or (isinstance(item, pikepdf.Stream) and "/F" in item):
            yield "a stream lies outside, or is packed otherwise than by Flate"


def limits(file):
    plain = re.sub(rb"stream\n.*?endstream", b"", file.data, flags=re.DOTALL)
    for name in re.findall(rb"/([!-.0-;=?-Z\\^-z|~]{128,})", plain):
        yield f"a name is longer than 127 bytes: {name[:40]!r}"
    depth = deepest = 0
    for _, operator in file.content:
        depth += {"q": 1, "Q": -1}.get(operator, 0)
        deepest = max(deepest, depth)
    if deepest > 28 or depth:
        yield f"q is {deepest} deep, {depth} are left open"
    if any(not 3 <= float(side) <= 14400 for side in list(file.page.MediaBox)[2:]):
        yield "the page is smaller than 3 or larger than 14400 points"


def operators(file):
    for operator in {operator for _, operator in file.content} - set(_OPERATORS.split()):
        yield f"the operator {operator} was not looked up"


def resources(file):
    kinds = {"Tf": "/Font", "gs": "/ExtGState", "Do": "/XObject", "cs": "/ColorSpace", "CS": "/ColorSpace"}
    for operands, operator in file.content:
        if operator in kinds and str(operands[0]) not in file.resources.get(kinds[operator], {}):
            yield f"{operands[0]} of {operator} is not among the page's resources"
        if operator == "BDC" and str(operands[0]) == "/OC" and str(operands[1]) not in file.resources.Properties:
            yield f"{operands[1]} is no layer"


def states(file):
    allowed = {"/Type", "/ca", "/CA", "/OP", "/op", "/OPM"}
    for name, state in file.resources.get("/ExtGState", {}).items():
        if set(state.keys()) - allowed:
            yield f"the state {name} has {set(state.keys()) - allowed}"


def images(file):
    for image in file.every("/Image"):
        if {"/Alternates", "/OPI", "/Interpolate"} & set(image.keys()):
            yield "an image has alternates, comes from outside, or is interpolated"


def fonts(file):
    for font in file.resources.get("/Font", {}).values():
        descendant = font.DescendantFonts[0]
        descriptor = descendant.FontDescriptor
        program = descriptor.get("/FontFile2", descriptor.get("/FontFile3"))
        if program is None:
            yield f"{font.BaseFont} is not in the file"
        elif "/FontFile2" in descriptor:
            if str(descendant.CIDToGIDMap) != "/Identity" or font.BaseFont != descendant.BaseFont:
                yield f"{font.BaseFont}: glyphs are called otherwise"
            yield from _widths(descendant, program.read_bytes())
        if "/FontFile2" not in descriptor and str(program.get("/Subtype")) != "/CIDFontType0C":
            yield f"{font.BaseFont} is a program of another kind"


def _widths(font, data):
    """Widths in the font's program and beside it, at most a thousandth apart."""
    tables = {}
    for number in range(struct.unpack(">H", data[4:6])[0]):
        tag, _, place, size = struct.unpack(">4sIII", data[12 + 16 * number : 28 + 16 * number])
        tables[tag] = data[place : place + size]
    scale = 1000 / struct.unpack(">H", tables[b"head"][18:20])[0]
    count = struct.unpack(">H", tables[b"hhea"][34:36])[0]
    row = list(font.W)
    for glyph, widths in zip(row[::2], row[1::2]):
        place = 4 * min(int(glyph), count - 1)
        own = struct.unpack(">H", tables[b"hmtx"][place : place + 2])[0] * scale
        if abs(own - float(widths[0])) > WIDEST:
            yield f"{font.BaseFont}: glyph {glyph} is {own:.1f} wide, not {widths[0]}"


def no_missing_glyphs(file):
    for operands, operator in file.content:
        parts = operands[0] if operator == "TJ" else operands if operator == "Tj" else []
        for part in parts:
            if isinstance(part, pikepdf.String) and b"\0\0" in [
                bytes(part)[place : place + 2] for place in range(0, len(bytes(part)), 2)
            ]:
                yield "the glyph for what a font lacks is shown"


def nothing_active(file):
    for name in ("/AA", "/OpenAction", "/Names", "/AcroForm", "/Perms", "/AF", "/NeedsRendering", "/Requirements"):
        if name in file.root:
            yield f"the catalog has {name}"
    if "/Annots" in file.page or "/AA" in file.page:
        yield "the page has annotations or actions"


def _flat(order):
    """The layers of an order; those that lie in one stand in a list behind it."""
    for one in order:
        if isinstance(one, pikepdf.Array):
            yield from _flat(one)
        else:
            yield one


def layers(file):
    order = {group.objgen for group in _flat(file.root.OCProperties.D.Order)}
    if order != {group.objgen for group in file.root.OCProperties.OCGs}:
        yield "not all layers are in their order"
    if not str(file.root.OCProperties.D.Name) or "/AS" in file.root.OCProperties.D:
        yield "layers are without a name, or change by themselves"


def output_intent(file, kind, space):
    [intent] = file.root.OutputIntents
    profile = intent.DestOutputProfile
    data = profile.read_bytes()
    if str(intent.S) != kind or not str(intent.OutputConditionIdentifier):
        yield "the output intent is of another kind, or has no name"
    if data[36:40] != b"acsp" or data[16:20] != space or data[12:16] not in (b"prtr", b"mntr") or data[8] > 4:
        yield "the profile is none, or of another kind"
    if int(profile.N) != {b"RGB ": 3, b"CMYK": 4}[space]:
        yield "the profile has another number of colours"


def colors(file, operators, device):
    """Colours are those of the output intent alone."""
    other = {"rg", "RG", "k", "K", "g", "G"} - set(operators)
    for operator in other & {operator for _, operator in file.content}:
        yield f"{operator} is not of the output intent"
    for space in file.resources.get("/ColorSpace", {}).values():
        if str(space[0]) != "/Separation" or str(space[2]) != device:
            yield f"a swatch is in {space[2]}"
    masks = {image.SMask.objgen for image in file.every("/Image") if "/SMask" in image}
    for image in file.every("/Image"):
        if str(image.ColorSpace) != device and image.objgen not in masks:
            yield f"an image is in {image.ColorSpace}"


def metadata(file):
    if "/Filter" in file.root.Metadata or not file.xmp.startswith("<?xpacket begin=") or "bytes=" in file.xmp[:80]:
        yield "the metadata are packed, or begin otherwise"
    names = {
        "/Title": "dc:title", "/Subject": "dc:description", "/Creator": "xmp:CreatorTool", "/Producer": "pdf:Producer",
    }  # fmt: skip
    for key, name in names.items():
        if str(file.document.docinfo[key]) != file.value(name):
            yield f"{name} is not {key} of the document information"


def faults(path, rules) -> list[str]:
    """What breaks a rule, each behind its clause."""
    with pikepdf.open(path) as document:
        file = Opened(path, document)
        return [f"{clause}: {fault}" for clause, rule in rules for fault in rule(file)]
