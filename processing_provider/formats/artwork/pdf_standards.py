"""What a PDF says of itself where it keeps to a standard: the colours that it means, and which standard that is."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtGui import QColorSpace

from ...text.xml_text import escape
from ..contract import Job
from . import pdf_objects as pdf

MAKER = "osm2cdr"
# Who keeps the names of known ways to print (ISO 32000-1, 14.11.5).
REGISTRY = "http://www.color.org"


@dataclass(frozen=True)
class Standard:
    """A standard of PDF: the version of its file, its output intent, its part of the metadata.

    `subtype` is the intent's kind, `condition` its name, `about` a sentence of it; `profile` an ICC profile of so many
    `components`. `properties` are descriptions for the XMP packet.
    """

    version: str
    subtype: str
    condition: str
    about: str
    profile: bytes
    components: int
    properties: str

    def intent(self, file: pdf.PdfFile) -> str:
        """The catalog's entry of the output intent, its profile put into the file."""
        alternate = {3: "/DeviceRGB", 4: "/DeviceCMYK"}[self.components]
        stream = file.stream(self.profile, f"/N {self.components} /Alternate {alternate}")
        return (
            f"/OutputIntents [<< /Type /OutputIntent /S /{self.subtype} /OutputConditionIdentifier "
            f"{pdf.ascii_string(self.condition)} /RegistryName ({REGISTRY}) /Info {pdf.text(self.about)} "
            f"/DestOutputProfile {pdf.reference(stream)} >>]"
        )


def description(prefix: str, space: str, **values: str) -> str:
    """One description of an XMP packet: simple properties of one namespace."""
    inner = "".join(f"<{prefix}:{name}>{escape(value)}</{prefix}:{name}>" for name, value in values.items())
    return f'\n<rdf:Description rdf:about="" xmlns:{prefix}="{space}">{inner}</rdf:Description>'


def basics(job: Job) -> str:
    """What the document information says, again in XMP: a standard wants both to agree."""
    subject = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(job.credit)}</rdf:li></rdf:Alt>'
    return (
        '\n<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:format>application/pdf</dc:format><dc:description>{subject}</dc:description></rdf:Description>"
        + description("xmp", "http://ns.adobe.com/xap/1.0/", CreatorTool=MAKER)
        + description("pdf", "http://ns.adobe.com/pdf/1.3/", Producer=MAKER)
    )


def archive(job: Job) -> Standard:
    """PDF/A-2b (ISO 19005-2): colours of a screen, sRGB, as an ICC profile of Qt's own making."""
    profile = bytes(QColorSpace(QColorSpace.NamedColorSpace.SRgb).iccProfile())
    properties = basics(job) + description(
        "pdfaid", "http://www.aiim.org/pdfa/ns/id/", part="2", conformance="B",
    )  # fmt: skip
    return Standard("1.7", "GTS_PDFA1", "sRGB", "sRGB IEC61966-2.1", profile, 3, properties)
