"""What can be written here: found out once, at the start, for the web process."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from ...processing_provider.formats.registry import listing


def probe() -> dict[str, Any]:
    """`formats` as registry.listing()."""
    return {"formats": listing()}
