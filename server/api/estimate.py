"""What a request will take, before it is made."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ...processing_provider.request import ExportRequest

# Memory of any job, and of a km2 of it at each detail level, in MB.
_BASE_MB = 300
_KM2_MB = {1: 0.01, 2: 0.05, 3: 0.3, 4: 1.0, 5: 2.5, 6: 3.0}


def memory_mb(request: ExportRequest) -> int:
    """The memory that a job of this size is let in with."""
    return round(_BASE_MB + request.area.km2 * _KM2_MB[request.detail])
