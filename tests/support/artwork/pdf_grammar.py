"""What ISO 32000-1 says that a PDF's dictionaries hold: of each key the type, which readers take at its word.

A text string may be UTF-16, a byte string never: Inkscape 1.2 hangs where FontFamily is. A key that is not listed is
told as unknown, so that whoever writes a new one looks it up here and there.
"""

import re

import pikepdf

TEXT, BYTES, ASCII, NAME, INT, NUMBER = "text string", "byte string", "ASCII string", "name", "integer", "number"
INTS, NUMBERS, NAMES = [INT], [NUMBER], [NAME]
# The keys of a stream that say how it lies in the file (7.3.8.2).
_STREAM = {"Length": INT, "Filter": NAME}
_COLORS = ["colour space"]
# By kind of dictionary; a value is a type, a list of one, the name of another kind, or "*" before it: by any key.
KINDS = {
    "Trailer": {"Size": INT, "Root": "Catalog", "Info": "Info", "ID": [BYTES]},
    # 14.3.3, 7.7.2, 7.7.3
    "Info": {"Title": TEXT, "Author": TEXT, "Subject": TEXT, "Keywords": TEXT, "Creator": TEXT, "Producer": TEXT,
             "CreationDate": ASCII, "ModDate": ASCII, "Trapped": NAME},
    "Catalog": {
        "Type": NAME, "Pages": "Pages", "Metadata": "Metadata", "OCProperties": "Layers", "PageMode": NAME,
        "Lang": TEXT, "OutputIntents": ["Intent"],
    },
    # 14.11.5
    "Intent": {
        "Type": NAME, "S": NAME, "OutputConditionIdentifier": ASCII, "OutputCondition": TEXT, "RegistryName": ASCII,
        "Info": TEXT, "DestOutputProfile": "Profile",
    },
    "Profile": {"N": INT, "Alternate": NAME, **_STREAM},
    "Metadata": {"Type": NAME, "Subtype": NAME, **_STREAM},
    "Pages": {"Type": NAME, "Kids": ["Page"], "Count": INT},
    "Page": {
        "Type": NAME, "Parent": None, "MediaBox": NUMBERS, "Contents": "Content", "Resources": "Resources",
        "VP": ["Viewport"], "TrimBox": NUMBERS, "BleedBox": NUMBERS, "Group": "Blending",
    },
    "Blending": {"S": NAME, "CS": NAME},
    "Content": _STREAM,
    "Resources": {
        "Properties": "*Group", "XObject": "*Image", "ColorSpace": "*colour space", "Font": "*Font",
        "ExtGState": "*State",
    },
    "State": {"ca": NUMBER, "CA": NUMBER, "op": None, "OP": None, "OPM": INT},
    "Image": {
        "Type": NAME, "Subtype": NAME, "Width": INT, "Height": INT, "BitsPerComponent": INT, "ColorSpace": NAME,
        "SMask": "Image", **_STREAM,
    },
    "Function": {"FunctionType": INT, "Domain": NUMBERS, "C0": NUMBERS, "C1": NUMBERS, "N": NUMBER},
    # 8.11.2.1, 8.11.4.2, 8.11.4.3
    "Group": {"Type": NAME, "Name": TEXT},
    "Layers": {"OCGs": ["Group"], "D": "Configuration"},
    "Configuration": {"Name": TEXT, "ON": ["Group"], "Order": ["Group"], "ListMode": NAME},
    # 9.7.6.1, 9.7.4.1, 9.7.3, 9.8.1
    "Font": {
        "Type": NAME, "Subtype": NAME, "BaseFont": NAME, "Encoding": NAME, "DescendantFonts": ["CIDFont"],
        "ToUnicode": "Content",
    },
    "CIDFont": {
        "Type": NAME, "Subtype": NAME, "BaseFont": NAME, "CIDSystemInfo": "System", "FontDescriptor": "Descriptor",
        "DW": INT, "W": None, "CIDToGIDMap": NAME,
    },
    "System": {"Registry": ASCII, "Ordering": ASCII, "Supplement": INT},
    "Descriptor": {
        "Type": NAME, "FontName": NAME, "FontFamily": BYTES, "FontStretch": NAME, "FontWeight": NUMBER, "Flags": INT,
        "FontBBox": NUMBERS, "ItalicAngle": NUMBER, "Ascent": NUMBER, "Descent": NUMBER, "CapHeight": NUMBER,
        "StemV": NUMBER, "FontFile2": "Program", "FontFile3": "Program",
    },
    "Program": {"Length1": INT, "Subtype": NAME, **_STREAM},
    # Adobe's supplement, ExtensionLevel 3, 8.8.1
    "Viewport": {"Type": NAME, "BBox": NUMBERS, "Name": TEXT, "Measure": "Measure"},
    "Measure": {"Type": NAME, "Subtype": NAME, "Bounds": NUMBERS, "LPTS": NUMBERS, "GPTS": NUMBERS, "GCS": "Place"},
    "Place": {"Type": NAME, "WKT": ASCII},
    # 14.6, 14.9.4; within the content
    "Span": {"ActualText": TEXT, "Lang": TEXT},
}  # fmt: skip


def _is(value, wanted) -> bool:
    if wanted in (TEXT, BYTES, ASCII):
        if not isinstance(value, pikepdf.String):
            return False
        data = bytes(value)
        if wanted == TEXT and data[:2] == b"\xfe\xff":
            return len(data) % 2 == 0 and data.decode("utf-16") is not None
        if wanted == BYTES:
            return data[:2] not in (b"\xfe\xff", b"\xff\xfe")
        # What is neither UTF-16 nor ASCII would be Latin letters by chance (7.9.2.2).
        return re.fullmatch(rb"[ -~\n]*", data) is not None
    if wanted == NAME:
        return isinstance(value, pikepdf.Name) and len(str(value).encode()) <= 128
    if wanted == INT:
        return isinstance(value, int) and not isinstance(value, bool)
    return not hasattr(value, "keys") and isinstance(float(value), float)


def _walk(value, wanted, where, told, seen) -> None:
    if wanted is None:
        return
    if isinstance(wanted, list):
        if not isinstance(value, pikepdf.Array):
            told.append(f"{where} is no array")
            return
        for number, part in enumerate(value):
            _walk(part, wanted[0], f"{where}[{number}]", told, seen)
    elif wanted == "colour space":
        # 8.6.6.4: a name, the space that stands in, a function.
        for part, kind in zip(value, (NAME, NAME, NAME, "Function")):
            _walk(part, kind, where, told, seen)
    elif wanted.startswith("*"):
        for key in value.keys():  # noqa: SIM118
            _walk(value[key], wanted[1:], f"{where}{key}", told, seen)
    elif wanted in KINDS:
        if not hasattr(value, "keys"):
            told.append(f"{where} is no {wanted}")
            return
        if value.is_indirect:
            if value.objgen in seen:
                return
            seen.add(value.objgen)
        for key in value.keys():  # noqa: SIM118
            kind = KINDS[wanted].get(key[1:], "")
            if kind == "":
                told.append(f"{where}: nobody looked up what {key} of {wanted} is")
            else:
                _walk(value[key], kind, f"{where}{key}", told, seen)
    elif not _is(value, wanted):
        told.append(f"{where} is no {wanted}: {bytes(value) if isinstance(value, pikepdf.String) else value!r}")


def faults(path) -> list[str]:
    """What of the file, its page's content with it, has another type than ISO 32000 says."""
    told = []
    with pikepdf.open(path) as document:
        _walk(document.trailer, "Trailer", "", told, set())
        for operands, operator in pikepdf.parse_content_stream(document.pages[0]):
            if str(operator) == "BDC" and str(operands[0]) == "/Span":
                _walk(operands[1], "Span", "/Span", told, set())
    return told
