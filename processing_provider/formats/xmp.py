"""Title and rights as an XMP packet (ISO 16684-1), the one place where every program reads letters of all scripts."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ..text.xml_text import escape

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{rights}</rdf:li></rdf:Alt></dc:rights>
</rdf:Description>{more}</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def packet(title: str, rights: str, more: str = "") -> bytes:
    """The packet in UTF-8; `more` are descriptions of a standard's own."""
    return _PACKET.format(title=escape(title), rights=escape(rights), more=more).encode()
