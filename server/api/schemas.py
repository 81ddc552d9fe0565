"""The request of /api/render, as it is documented: one schema over `processing_provider/request.py`."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Iterable, Literal, Union

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema, create_model

from ...processing_provider.cartography.themes.loading import FOLDER, aliases
from ...processing_provider.errors import RequestError
from ...processing_provider.formats.catalogue import FORMATS
from ...processing_provider.geo.area import fault_of
from ...processing_provider.osm.tables.layers import GROUPS
from ...processing_provider.request.checks import make_request, unknown_formats
from ...processing_provider.request.export_request import ExportRequest
from ...processing_provider.request.options import BY_FIELD, FORMAT_OPTIONS, OPTIONS, Option, values
from ...processing_provider.text.phrases import listed, nearest, quoted
from . import crs
from .errors import ApiError
from .geojson import GEOMETRY, OVERLAY
from .wording import HINTS, told

MAX_FORMATS = 5
DEFAULT_DETAIL = 3
# No name of anything is longer.
_LONGEST = 100
# What is_line() refuses, and what no file's name has.
_CONTROL = "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ufffe\\uffff"
# What turns text round (words.turning()); and, in a file's name, marks that nobody sees.
_TURNING = "\\u202a-\\u202e\\u2066-\\u2069"
_NO_NAME = f'\\\\/:*?"<>|{_CONTROL}{_TURNING}\\u200e\\u200f\\u061c'


@lru_cache(maxsize=1)
def styles() -> tuple[str, ...]:
    """The names of the styles that travel along; a server takes no files of others."""
    return tuple(sorted((path.stem for path in FOLDER.glob("*.json")), key=lambda name: (name != "default", name)))


def _integral(value: Any) -> Any:
    """3.0 is a whole number, in JSON as in its schemas."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _one_of(words: Iterable[str]) -> WithJsonSchema:
    """A word of a table; who writes another is told the nearest by the check that every door has."""
    return WithJsonSchema({"enum": list(words)})


def _like(pattern: str, longest: int = _LONGEST, shortest: int = 1, excluded: str = "") -> WithJsonSchema:
    """A text of a pattern, and not of another; its own check says more clearly what is wrong."""
    schema = {"type": "string", "pattern": pattern, "minLength": shortest, "maxLength": longest}
    return WithJsonSchema({**schema, "not": {"pattern": excluded}} if excluded else schema)


Word = Annotated[str, Field(min_length=1, max_length=_LONGEST)]
Style = Annotated[Word, _one_of([*styles(), *sorted(aliases())])]
FormatId = Annotated[Word, _one_of(FORMATS)]
Crs = Annotated[Word, _like("^([Ee][Pp][Ss][Gg]|[Ee][Ss][Rr][Ii]):[0-9]{1,6}$")]
# Names of devices, in letters of both cases.
_DEVICES = "|".join("".join(f"[{letter.upper()}{letter}]" for letter in word) for word in ("con", "prn", "aux", "nul"))
_PORTS = "([Cc][Oo][Mm]|[Ll][Pp][Tt])[1-9]"
Name = Annotated[
    Word,
    _like(f"^[^{_NO_NAME}. ]([^{_NO_NAME}]*[^{_NO_NAME}. ])?$", excluded=f"^({_DEVICES}|{_PORTS})$"),
]
Language = Annotated[Word, _like("^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,3}$")]
Title = Annotated[str, Field(max_length=200), _like(f"^[^{_CONTROL}{_TURNING}]*$", 200, 0)]
# An amount, or kinds with commas: of their words there are two hundred.
Points = Annotated[Word, _like("^[A-Za-z_]{1,40}( ?, ?[A-Za-z_]{1,40}){0,20}$")]
Geometry = Annotated[dict[str, Any], WithJsonSchema(GEOMETRY)]
Overlay = Annotated[dict[str, Any], WithJsonSchema(OVERLAY)]
_RING = [[24.938, 60.166], [24.950, 60.166], [24.944, 60.174], [24.938, 60.166]]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class BBox(_Model):
    """A box in degrees, WGS 84. An area across the antimeridian is asked for as two."""

    min_lon: float = Field(ge=-180, le=180, description="West, -180 to 180.", examples=[24.9440])
    min_lat: float = Field(ge=-85.06, le=85.06, description="South, -85.06 to 85.06.", examples=[60.1725])
    max_lon: float = Field(ge=-180, le=180, description="East, -180 to 180.", examples=[24.9516])
    max_lat: float = Field(ge=-85.06, le=85.06, description="North, -85.06 to 85.06.", examples=[60.1775])


# Texts have patterns of their own; everything else is in the table of options.
_TEXTS: dict[str, Any] = {
    "style": Style, "crs": Crs, "name": Name, "language": Language, "title": Title, "subtitle": Title, "pois": Points,
    "overlay": Overlay,
}  # fmt: skip


def _kind(option: Option) -> Any:
    """The type of an option's value."""
    # A text without a pattern of its own is a fault of this table, and told at once.
    if option.field in _TEXTS or option.kind == "text":
        return _TEXTS[option.field]
    if option.kind == "object":
        return Options
    if option.kind == "flag":
        return bool
    if option.kind == "whole":
        # Bounds first: behind the validator they would be no words of JSON Schema.
        low = 0 if option.zero and option.low > 1 else option.low
        bounds, integral = Field(ge=low, le=option.high), BeforeValidator(_integral)
        if low == option.low:
            return Annotated[int, bounds, integral]
        known = [{"const": 0}, {"type": "integer", "minimum": option.low, "maximum": option.high}]
        return Annotated[int, bounds, integral, WithJsonSchema({"anyOf": known})]
    word = Annotated[Word, _one_of(values(option))]
    return list[word] if option.kind == "words" else word  # type: ignore[valid-type]


def _said(option: Option) -> str:
    """What the documentation says of an option."""
    if option.field == "detail":
        return _DETAIL_TEXT
    bounds = f" {option.low} to {option.high}{f'; 0 {option.zero}' if option.zero else ''}."
    return option.about + (bounds if option.kind == "whole" else _SEE.get(option.field, ""))


_SEE = {"style": " See /api/styles.", "layers": " See /api/layers."}
_DETAIL_TEXT = f"1 overview to 6 site; {DEFAULT_DETAIL} by itself."


def _field(option: Option) -> Any:
    """The field of an option in a model: null and nothing are its default."""
    more: dict[str, Any] = {"max_length": _LONGEST} if option.kind == "words" else {}
    if option.example is not None:
        more["examples"] = [option.example]
    return Union[_kind(option), None], Field(None, description=_said(option), **more)


def _format_option(option: Option) -> Any:
    """The field of an option of formats."""
    known = values(option)
    kind = bool if option.kind == "flag" else Literal[known]  # type: ignore[valid-type]
    about = f"{option.about} {listed(map(str, known)).lower()}; the first by itself."
    return Union[kind, None], Field(None, description=about)


if TYPE_CHECKING:

    class Options(_Model):
        """Options of formats."""

    class Config(_Model):
        """How the map is made."""

else:
    Options = create_model(
        "Options", __base__=_Model, __doc__="Options of formats.",
        **{option.field: _format_option(option) for option in FORMAT_OPTIONS},
    )  # fmt: skip
    Config = create_model(
        "Config", __base__=_Model, __doc__="How the map is made; what is left out or null has its default.",
        **{option.api_name: _field(option) for option in OPTIONS if option.api_name},
    )  # fmt: skip


# One of the two, said by what may not be: of a choice of schemas at the top, generated clients make no one class.
_NO_AREA: dict[str, Any] = {
    "anyOf": [
        {"required": ["bbox", "geometry"], "properties": {"bbox": {"type": "object"}, "geometry": {"type": "object"}}},
        {"properties": {"bbox": {"type": "null"}, "geometry": {"type": "null"}}},
    ]
}


class RenderRequest(_Model):
    """An area (bbox or geometry), one to five formats, and how the map is made.

    map_style and detail_level may stand here or in config.
    """

    model_config = ConfigDict(json_schema_extra={"not": _NO_AREA})

    bbox: Union[BBox, None] = Field(None, description="The area as a box: min_lon, min_lat, max_lon, max_lat.")
    geometry: Union[Geometry, None] = Field(
        None, description="The area as GeoJSON polygons in place of bbox, in degrees.",
        examples=[{"type": "Polygon", "coordinates": [_RING]}],
    )  # fmt: skip
    formats: list[FormatId] = Field(
        min_length=1, max_length=MAX_FORMATS, description="One to five formats, each once; see /api/formats.",
        examples=[["svg", "geojson"]], json_schema_extra={"uniqueItems": True},
    )  # fmt: skip
    map_style: Union[Style, None] = Field(None, description="Map style, see /api/styles.")
    detail_level: Union[_kind(BY_FIELD["detail"]), None] = Field(None, description=_DETAIL_TEXT)  # type: ignore[valid-type]
    config: Union[Config, None] = Field(None, description="How the map is made.")


# Names of the API where the request has others.
_FIELDS = {option.api_name: option.field for option in OPTIONS if option.api_name not in ("", option.field)}
_HOISTED = ("map_style", "detail_level")


def parse(data: Any) -> RenderRequest:
    """The checked request; 400 that names the field at fault."""
    try:
        wanted = RenderRequest.model_validate(data)
    except ValidationError as error:
        raise told(error, RenderRequest) from error
    config = wanted.config or Config()
    for name in _HOISTED:
        above, inside = getattr(wanted, name), getattr(config, name)
        if above is not None and inside is not None and above != inside:
            raise ApiError(
                400, "conflict", f"{name} is {quoted(above)} at the top level and {quoted(inside)} in config.",
                "Give it once.", name,
            )  # fmt: skip
    return wanted


def to_request(wanted: RenderRequest) -> ExportRequest:
    """The request as every door has it; 400 with its sentence."""
    config = (wanted.config or Config()).model_dump(exclude_none=True)
    above = {name for name in _HOISTED if getattr(wanted, name) is not None}
    for name in above:
        config[name] = getattr(wanted, name)
    places = {name: name if name in above else f"config.{name}" for name in config}
    config.setdefault("detail_level", DEFAULT_DETAIL)
    fields: dict[str, Any] = {_FIELDS.get(name, name): value for name, value in config.items()}
    fields["formats"] = _formats(wanted.formats)
    if wanted.bbox is not None:
        box = wanted.bbox
        fields["bbox"] = [box.min_lon, box.min_lat, box.max_lon, box.max_lat]
    if wanted.geometry is not None:
        fields["geometry"] = wanted.geometry
    _check_words(config, places)
    try:
        request = make_request(fields, max_formats=MAX_FORMATS)
        crs.check(request)
    except RequestError as error:
        theirs = {ours: name for name, ours in _FIELDS.items()}.get(error.field, error.field)
        field = places.get(theirs, theirs)
        raise ApiError(400, error.code, error.text, HINTS.get(theirs, ""), field) from error
    except (TypeError, AttributeError, OverflowError, RecursionError) as error:
        # A geometry of the oddest shapes.
        raise ApiError(
            400, "bad_geometry", "The geometry is not valid GeoJSON.", HINTS["geometry"], "geometry"
        ) from error
    # Of a polygon that crosses itself the area is less than what it covers, and the tier's limit would be none.
    if request.area.rings and (fault := fault_of(request.area.rings)):
        raise ApiError(400, "bad_geometry", f"The geometry is not valid ({fault}).",
                       "Let no ring cross itself or another, no polygon overlap another, and no hole lie outside.",
                       "geometry")  # fmt: skip
    return request


def _formats(words: list[str]) -> list[str]:
    if fault := unknown_formats(words):
        raise ApiError(400, "unknown_format", fault, HINTS["formats"], "formats")
    for number, word in enumerate(words):
        if word in words[:number]:
            raise ApiError(400, "format_twice", f"The format {word} is named twice.", "Name it once.", "formats")
    return words


def _check_words(config: dict[str, Any], places: dict[str, str]) -> None:
    """What the request would take more loosely than the documentation says, and a style, which may be no file here."""
    style = config.get("map_style")
    known = [*styles(), *aliases()]
    if style is not None and style not in known:
        raise ApiError(
            400, "unknown_style", f"There is no style {quoted(style)}{nearest(style, known)}.",
            f"There are {listed(styles())}.", places["map_style"],
        )  # fmt: skip
    for word in config.get("layers") or ():
        if word not in GROUPS:
            raise ApiError(400, "unknown_layer", f"There is no layer {quoted(word)}{nearest(word, GROUPS)}.",
                           f"There are {listed(GROUPS)}.", places["layers"])  # fmt: skip
