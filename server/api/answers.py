"""What the server answers, as models: the documentation is made from them, and the tests hold the answers to it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Annotated, Literal, Union

from pydantic import BaseModel, ConfigDict, Field

Word = Literal["queued", "processing", "completed", "failed"]
State = Literal["queued", "running", "completed", "failed", "cancelled", "expired"]
TierId = Literal["free", "basic", "pro", "enterprise"]
TaskId = Annotated[str, Field(pattern="^[0-9a-f]{32}$", examples=["0f1e2d3c4b5a69788796a5b4c3d2e1f0"])]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"}, examples=["2030-01-31T12:00:00Z"])]
Text = Union[str, None]


class Answer(BaseModel):
    """Members that are not named here are not sent."""

    model_config = ConfigDict(extra="forbid")


class Error(Answer):
    """Every error has this shape; what is not the matter is left out."""

    error: str = Field(min_length=2, description="One sentence that says what is wrong.")
    code: str = Field(pattern="^[a-z0-9_]+$", description="The same in a word, for programs.", examples=["bad_bbox"])
    hint: str = Field(min_length=2, description="What to do.")
    field: str = Field("", description="What of the request is at fault.", examples=["bbox.min_lon"])
    format: str = Field("", description="The format at fault.")
    limit: Union[float, str] = Field(0, description="The limit that was met.")
    used: float = Field(0, description="What was asked for or is used of it.")
    reset_at: Moment = Field("", description="When the limit begins anew.")
    tier: TierId = Field("free", description="The caller's tier.")
    upgrade_tier: Union[TierId, None] = Field(None, description="The lowest tier that allows it, null where none does.")
    scope: Literal["", "render", "read"] = Field("", description="The scope that the key has not.")
    request_id: str = Field(description="The number of this call; the server's log has it too.")


class RenderError(Error):
    """An error of /api/render: there is no task."""

    task_id: None


class StatusError(Error):
    """An error of /api/status: still with the task's true status word."""

    status: Word = Field(
        description="failed with 401, 403, 404 and 410 alone; processing where the server cannot tell."
    )


class Task(Answer):
    """A task was made."""

    task_id: TaskId
    status: Literal["queued", "completed"] = Field(description="completed where the files were there already.")
    status_url: str = Field(description="Where to ask how it is.", examples=["/api/status/0f1e..."])
    area_km2: float


class Account(Answer):
    """What became of the source's objects with tags: objects = in_tables + left_out + refused."""

    objects: dict[str, int] = Field(description="In what was read, by kind: node, way, relation.")
    in_tables: int = Field(description="Objects that are in a table.")
    left_out: dict[str, int] = Field(description="Objects by the rule that leaves them out.")
    refused: dict[str, int] = Field(description="Objects of which no shape can be made, by the reason.")
    repaired: int = Field(description="Areas that were mended.")
    cut: int = Field(description="Rows that are cut at the edge of the area.")
    outside: int = Field(description="Rows of what was read that lie beyond that edge.")
    incomplete: dict[str, int] = Field(description="Objects that lack nodes or members, by what they lack.")
    first: dict[str, list[str]] = Field(description="The first ids of what is refused or incomplete.")


class File(Answer):
    """A format of a task that has ended; what it has depends on whether it is there (`status`: completed or failed)."""

    format: str = Field(examples=["svg"])
    status: Word
    url: str = Field("", description="A link that needs no key, for an hour.")
    filename: str = ""
    bytes: int = Field(0, ge=1)
    sha256: str = Field("", pattern="^[0-9a-f]{64}$")
    media_type: str = ""
    features: int = Field(0, description="What the file holds; of pictures, what was drawn.")
    warnings: list[str] = []
    account: Union[Account, None] = Field(None, description="null where the file was made before there was one.")
    error: Text = Field(None, description="Why it is not there.")
    error_code: Text = None


class Status(Answer):
    """How a task is."""

    task_id: TaskId
    status: Word
    state: State = Field(description="The same more exactly.")
    progress: int = Field(ge=0, le=100, description="Percent; 100 with completed alone.")
    step: str = Field(description="What is being done.")
    error: Text = Field(description="Why it failed, or which formats were lost.")
    error_code: Text
    created_at: Moment
    started_at: Union[Moment, None]
    finished_at: Union[Moment, None]
    expires_at: Union[Moment, None] = Field(description="Until when its files are kept.")
    attempt: int
    queue_position: int = Field(0, ge=1, description="While it waits: 1 is next.")
    files: list[File] = Field(description="One for each format, once the task has ended.")


class Tasks(Answer):
    """A page of tasks, the newest first."""

    tasks: list[Status]
    next: Union[TaskId, None] = Field(description="`before` of the next page; null at the end.")


class Cancelled(Answer):
    """What became of the task."""

    task_id: TaskId
    status: Word
    state: State


class Format(Answer):
    """A format of the catalogue."""

    id: str
    name: str
    family: str
    extension: str
    media_type: str
    tier: TierId = Field(description="The first tier that has it.")
    tiers: list[TierId]
    available: bool = Field(description="Whether this server writes it.")
    reason: str = Field(description="Why not; empty where it does.")


class Formats(Answer):
    """All formats of the catalogue."""

    formats: list[Format]
    total: int
    available: int = Field(description="How many of them this server writes.")


class Style(Answer):
    """A map style."""

    id: str
    about: str
    aliases: list[str] = Field(description="Other names that it goes by.")


class Styles(Answer):
    """The map styles."""

    styles: list[Style]


class Layer(Answer):
    """A group of layers, for config.layers."""

    id: str
    tables: list[str]
    from_detail: int = Field(ge=1, le=6, description="The detail level at which it begins.")


class Layers(Answer):
    """The groups of layers."""

    layers: list[Layer]


class Me(Answer):
    """The caller's tier, its limits, and what is used of them."""

    key: str = Field(description="As much of the key as tells it from others.")
    scopes: list[Literal["render", "read"]] = Field(description="What the key may do.")
    email: Text
    tier: TierId
    tier_name: str
    requests_per_day: Union[int, None] = Field(description="null where there is no limit.")
    used_today: int
    left_today: Union[int, None]
    reset_at: Moment
    max_area_km2: float
    keep_days: int
    formats: list[str] = Field(description="Those of the tier that this server writes.")
    formats_available: int = Field(description="How many these are.")
    formats_in_tier: int = Field(description="How many the tier has in the whole catalogue.")


class Health(Answer):
    """The process answers."""

    status: Literal["ok"]


class Ready(Answer):
    """Whether a task submitted now would be worked at."""

    status: Literal["ready", "not ready"]
    faults: list[str] = Field(description="What is amiss; of several sources some may be out while the rest serve.")
    warnings: list[str] = Field(description="What the operator should know of this machine; it keeps nobody waiting.")
