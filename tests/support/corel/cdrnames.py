"""The table of names of a CorelDRAW file, from docs/corel.md alone."""

from cdrfile import Broken, Chunk, Cursor

_FIELD = "Name"


def names(doc: Chunk) -> dict[int, str]:
    """Names by the number of their object."""
    fields = {}
    for holder in doc.all("udaf"):
        for chunk in holder.all("udfe"):
            cursor = Cursor(chunk.data, chunk.where)
            number = cursor.u32()
            cursor.take(26)
            fields[number] = _word(cursor)
    found: dict[int, str] = {}
    for entry in (entry for holder in doc.all("udat") for entry in holder.all("udte")):
        cursor = Cursor(entry.one("udta").data, entry.where)
        field, kind = cursor.u32(), cursor.u16()
        text = _word(cursor)
        owner = Cursor(entry.one("udid").data, entry.where)
        number = owner.u32()
        if cursor.take(1) != b"\0" or kind != 2 or field not in fields or number in found or not text:
            raise Broken(f"{entry.where}: field {field:x}, kind {kind}, {text!r} of {number}.")
        cursor.end()
        owner.end()
        if fields[field] == _FIELD:
            found[number] = text
    return found


def _word(cursor: Cursor) -> str:
    letters = b""
    while (letter := cursor.take(2)) != b"\0\0":
        letters += letter
    return letters.decode("utf-16le")
