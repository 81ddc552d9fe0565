"""What the reference of the API says, in the language of the page: the document that programs read is English."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from functools import lru_cache

from .texts import noted, speaker, told

# What is said of an option stands before its values, see api/schemas.py.
_VALUES = re.compile(r"(.+?[.)]) (.+); the first by itself\.")
_BOUNDS = re.compile(r"(.+?\.) (-?\d+) to (-?\d+)(?:; 0 (.+))?\.")
_SEE = re.compile(r"(.+?\.) See (/api/\w+)\.")


@lru_cache(maxsize=1024)
def in_reference(language: str, text: str) -> str:
    """A text of the document; English where nobody translated it."""
    t, plain = speaker(language), " ".join(text.replace("`", "").split())
    if plain in _SAID:
        return t(plain)
    if found := _VALUES.fullmatch(plain):
        return t("{0} {1}; the first by itself.", told(language, found[1]), found[2])
    if found := _BOUNDS.fullmatch(plain):
        zero = t("; 0 {0}", t(found[4])) if found[4] else ""
        return t("{0} {1} to {2}{3}.", told(language, found[1]), found[2], found[3], zero)
    if found := _SEE.fullmatch(plain):
        return t("{0} See {1}.", told(language, found[1]), found[2])
    return told(language, plain)


# The texts of calls, answers and fields: whoever writes another one notes it here, or a test says so.
_SAID = frozenset((
    noted("as fits"),
    noted("Tasks"),
    noted("Create a task"),
    noted(
        "Answers at once; ask /api/status until the task is completed or failed. Only an accepted task counts "
        "against the day's quota."
    ),
    noted("The same key with the same request makes one task, however often it is sent."),
    noted("Accepted"),
    noted("Something of the request is wrong; field names it."),
    noted("The key is missing, not valid or revoked."),
    noted("The tier does not allow it, and waiting a minute does not help: area, format, or the day's requests."),
    noted("The key has not the scope that this needs, which stands in scope."),
    noted("The body came too slowly."),
    noted("Not now: the task has not ended, or the Idempotency-Key was used for another request."),
    noted("The body is too large."),
    noted("The body is not plain application/json."),
    noted("Too many requests in a short time; Retry-After says how many seconds to wait."),
    noted("A fault of the server's."),
    noted("The server cannot do it just now; Retry-After says how many seconds to wait."),
    noted("What a task would take"),
    noted("The same body as for /api/render; makes nothing and counts against nothing."),
    noted("How a task is"),
    noted("Every answer carries the task's true status word, errors too."),
    noted("There is no such thing, or it is somebody else's."),
    noted("The results are not kept any more."),
    noted("Download a result"),
    noted("With your key, or by the signed link in files[].url of the status, which needs none."),
    noted("Of a signed link."),
    noted("One range of bytes."),
    noted("The range only of this ETag, else all."),
    noted("An ETag: 412 where the file is another one."),
    noted("An ETag: 304 where nothing changed."),
    noted("Partial Content"),
    noted("Not Modified"),
    noted("The file is not the one that If-Match names."),
    noted("The range lies outside the file."),
    noted("Your tasks, the newest first"),
    noted("How many at most."),
    noted("The next of the page before."),
    noted("Those in this state alone."),
    noted("Cancel a task, or delete its results"),
    noted("202 where it runs and is being stopped."),
    noted("Formats, styles, layers"),
    noted("The formats, and what this server writes"),
    noted("The map styles"),
    noted("The groups of layers"),
    noted("You"),
    noted("Your tier and what is used of it"),
    noted("Server"),
    noted("This document"),
    noted("The process lives"),
    noted("The server can work"),
    noted("Service Unavailable"),
    noted("Numbers for Prometheus"),
    noted(
        "An area (bbox or geometry), one to five formats, and how the map is made. map_style and detail_level "
        "may stand here or in config."
    ),
    noted("The area as a box: min_lon, min_lat, max_lon, max_lat."),
    noted("The area as GeoJSON polygons in place of bbox, in degrees."),
    noted("One to five formats, each once; see /api/formats."),
    noted("Map style, see /api/styles."),
    noted("1 overview to 6 site; 3 by itself."),
    noted("How the map is made."),
    noted("A box in degrees, WGS 84. An area across the antimeridian is asked for as two."),
    noted("West, -180 to 180."),
    noted("South, -85.06 to 85.06."),
    noted("East, -180 to 180."),
    noted("North, -85.06 to 85.06."),
    noted("How the map is made; what is left out or null has its default."),
    noted(
        "Maps of OpenStreetMap data as files, in three steps: POST /api/render makes a task, GET "
        "/api/status/{id} says how it is, GET /api/download/{id}/{format} brings a file."
    ),
    noted(
        "Every error is a JSON object with error (a sentence), code (for programs), hint (what to do), "
        "request_id, and what else is known of it. An address that is not here answers 404, another method 405. "
        "CORS is open to every origin; nothing is read from cookies. /ws/task/{id} closes at once with 1001: "
        "poll the status every 2 seconds."
    ),
))  # fmt: skip
