"""How long is kept what nobody has any more, in seconds."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

# A file that no job has yet may be one that is being published just now.
YOUNG_SECONDS = 3600.0
# Jobs that have ended, and what was used of days.
FORGET_SECONDS = 90 * 86400.0
