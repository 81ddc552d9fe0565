"""The request of /api/render, as it is documented: one schema over `processing_provider/request.py`."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from typing import Any, Union

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ...processing_provider.cartography.themes import FOLDER, aliases
from ...processing_provider.errors import RequestError
from ...processing_provider.request import ExportRequest, make_request
from ...processing_provider.words import listed, nearest
from .errors import ApiError

MAX_FORMATS = 5
DEFAULT_DETAIL = 3
# Nesting of JSON that no request needs.
_MAX_DEPTH = 32
Text = Union[str, None]
Whole = Union[int, None]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class BBox(_Model):
    """A box of degrees, WGS 84."""

    min_lon: float = Field(ge=-180, le=180, examples=[24.9368])
    min_lat: float = Field(ge=-85.06, le=85.06, examples=[60.1652])
    max_lon: float = Field(ge=-180, le=180, examples=[24.9516])
    max_lat: float = Field(ge=-85.06, le=85.06, examples=[60.1775])


class Config(_Model):
    """How the map is made; what is left out or null has its default."""

    map_style: Text = Field(None, description="Map style, see /api/styles.", examples=["default"])
    detail_level: Whole = Field(None, ge=1, le=6, description=f"1 overview to 6 site; {DEFAULT_DETAIL} by itself.")
    crs: Text = Field(None, description="EPSG:n or ESRI:n.", examples=["EPSG:32637"])
    layers: Union[list[str], None] = Field(None, description="Layer groups, see /api/layers; all where left out.")
    page: Text = Field(None, description="A5 to A0, Letter, Legal, Tabloid, square; or fit, cut to the map.")
    orientation: Text = Field(None, description="portrait, landscape or auto.")
    scale: Whole = Field(None, ge=0, description="1:n; 0 as fits.")
    dpi: Whole = Field(None, description="Resolution of images, 36 to 1200.")
    title: Text = Field(None, max_length=200, description="Title of the map.")
    name: Text = Field(None, max_length=100, description="Name of the files, 'map' by itself.")
    language: Text = Field(None, description="Language of names, as in name:ru; the local ones where left out.")
    text: Text = Field(None, description="Names in artwork: live, outlines or system.")
    colors: Text = Field(None, description="Colours in artwork: rgb or cmyk.")
    tags: Text = Field(None, description="Attributes of data: table, names or all.")
    timeout: Whole = Field(None, ge=1, le=3600, description="Seconds that Overpass may take, where it is the source.")
    options: Union[dict[str, Any], None] = Field(None, description="Options of formats.")


class RenderRequest(_Model):
    """An area, some formats, and how the map is made. map_style and detail_level may stand here or in config."""

    bbox: Union[BBox, None] = None
    geometry: Union[dict[str, Any], None] = Field(
        None, description="The area as a GeoJSON Polygon, MultiPolygon, Feature or FeatureCollection, in place of bbox."
    )
    formats: list[str] = Field(min_length=1, max_length=MAX_FORMATS, examples=[["svg", "geojson"]])
    map_style: Text = Field(None, description="Map style, see /api/styles.", examples=["default"])
    detail_level: Whole = Field(None, ge=1, le=6, description=f"1 overview to 6 site; {DEFAULT_DETAIL} by itself.")
    config: Union[Config, None] = None


# Names of the API where the request has others.
_FIELDS = {"map_style": "style", "detail_level": "detail"}
_HOISTED = ("map_style", "detail_level")


def read_json(body: bytes) -> Any:
    """What a body holds; 400 where it is no JSON as RFC 8259 has it, or nested without sense."""

    def refuse(word: str) -> Any:
        raise ValueError(f"{word} is no number of JSON")

    try:
        data = json.loads(body.decode("utf-8"), parse_constant=refuse)
        _check_depth(data)
    except (ValueError, RecursionError) as error:
        raise ApiError(
            400, "bad_json", "The body is not valid JSON.", "Send a JSON object with bbox and formats.", "body"
        ) from error
    return data


def parse(data: Any) -> RenderRequest:
    """The checked request; 400 that names the field at fault."""
    if not isinstance(data, dict):
        raise ApiError(400, "bad_request", "The body must be a JSON object.", "Send bbox and formats.", "body")
    try:
        wanted = RenderRequest.model_validate(data)
    except ValidationError as error:
        raise _told(error) from error
    config = wanted.config or Config()
    for name in _HOISTED:
        above, inside = getattr(wanted, name), getattr(config, name)
        if above is not None and inside is not None and above != inside:
            raise ApiError(
                400, "conflict", f"{name} is {above!r} at the top level and {inside!r} in config.",
                "Give it once.", name,
            )  # fmt: skip
    return wanted


def to_request(wanted: RenderRequest) -> ExportRequest:
    """The request as every door has it; 400 with its sentence."""
    config = (wanted.config or Config()).model_dump(exclude_none=True)
    for name in _HOISTED:
        if getattr(wanted, name) is not None:
            config[name] = getattr(wanted, name)
    config.setdefault("detail_level", DEFAULT_DETAIL)
    fields: dict[str, Any] = {_FIELDS.get(name, name): value for name, value in config.items()}
    fields["formats"] = wanted.formats
    if wanted.bbox is not None:
        box = wanted.bbox
        fields["bbox"] = [box.min_lon, box.min_lat, box.max_lon, box.max_lat]
    if wanted.geometry is not None:
        fields["geometry"] = wanted.geometry
    _check_style(fields.get("style"))
    try:
        return make_request(fields, max_formats=MAX_FORMATS)
    except RequestError as error:
        names = {ours: theirs for theirs, ours in _FIELDS.items()}
        raise ApiError(400, error.code, error.text, field=names.get(error.field, error.field)) from error
    except (TypeError, AttributeError, RecursionError) as error:
        # A geometry of the oddest shapes.
        raise ApiError(400, "bad_geometry", "The geometry is not valid GeoJSON.", field="geometry") from error


def styles() -> list[str]:
    """The names of the styles that travel along; a server takes no files of others."""
    return sorted((path.stem for path in FOLDER.glob("*.json")), key=lambda name: (name != "default", name))


def _check_style(word: Any) -> None:
    known = [*styles(), *aliases()]
    if word is not None and word not in known:
        raise ApiError(
            400, "unknown_style", f"There is no style {word!r}{nearest(str(word), known)}.",
            f"There are {listed(styles())}.", "map_style",
        )  # fmt: skip


def _told(error: ValidationError) -> ApiError:
    """One sentence for the first of what is wrong."""
    first = error.errors(include_url=False)[0]
    place = [str(part) for part in first["loc"]]
    field = ".".join(place) or "body"
    if first["type"] == "extra_forbidden":
        model: Any = {"bbox": BBox, "config": Config}.get(place[0], RenderRequest) if len(place) > 1 else RenderRequest
        known = list(model.model_fields)
        return ApiError(
            400, "unknown_field", f"There is no field {field!r}{nearest(place[-1], known)}.",
            f"There are {listed(known)}.", field,
        )  # fmt: skip
    if first["type"] == "missing":
        return ApiError(400, "missing_field", f"The field {field!r} is missing.", field=field)
    return ApiError(400, f"bad_{place[0] if place else 'request'}", f"{field}: {first['msg']}.", field=field)


def _check_depth(data: Any) -> None:
    level = [data]
    for _ in range(_MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return
    raise ValueError("nested too deeply")
