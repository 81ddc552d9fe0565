"""What the supervisor and the parent of the jobs tell each other: JSON, a line each.

Supervisor to parent: `{"start": TOKEN, "folder": PATH, "limits": {...}}`.
Parent to supervisor: `{"ready": ENGINE, "probe": {...}}` once, `{"started": TOKEN, "pid": N}`, and
`{"ended": TOKEN, "code": N}`, where a negative code is the signal that ended it.
In the job's folder: `job.json` with the parameters, `report.jsonl` (see processing_provider/pipeline/events.py), `log`,
`files`.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

JOB, REPORT, LOG, FILES = "job.json", "report.jsonl", "log", "files"
