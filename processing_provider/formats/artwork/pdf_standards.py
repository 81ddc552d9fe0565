"""What a PDF says of itself where it keeps to a standard: the colours that it means, and which standard that is."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timezone

from qgis.PyQt.QtGui import QColorSpace

from ...errors import WriteError
from ...text.sentence import say
from ...text.xml_text import escape
from .. import inks, press_profile
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
    # Entries of the document information beside title, subject and who made it.
    information: str = ""

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


def press(job: Job) -> Standard:
    """PDF/X-4 (ISO 15930-7): inks of a profile, the user's own or this machine's."""
    path = press_profile.chosen(job.profile)
    if path is None:
        raise WriteError("no_profile", say("{0} needs a CMYK colour profile, and this machine has none.", "PDF/X-4"))
    profile = inks.press(path).profile
    name = press_profile.name_of(profile)
    now = datetime.now(timezone.utc).replace(microsecond=0)
    written, stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ"), now.strftime("D:%Y%m%d%H%M%SZ")
    identity = hashlib.md5(f"{job.title} {job.credit} {written}".encode(), usedforsecurity=False).digest()
    properties = (
        basics(job)
        + description(
            "xmp", "http://ns.adobe.com/xap/1.0/", CreateDate=written, ModifyDate=written, MetadataDate=written
        )
        + description("pdf", "http://ns.adobe.com/pdf/1.3/", Trapped="False")
        + description(
            "xmpMM", "http://ns.adobe.com/xap/1.0/mm/", DocumentID=f"uuid:{uuid.UUID(bytes=identity)}",
            RenditionClass="default", VersionID="1",
        )
        + description("pdfxid", "http://www.npes.org/pdfx/ns/id/", GTS_PDFXVersion="PDF/X-4")
    )  # fmt: skip
    information = f"/CreationDate ({stamp}) /ModDate ({stamp}) /Trapped /False"
    return Standard("1.6", "GTS_PDFX", name, name, profile, 4, properties, information)
