"""The algorithm alone, in a process that has run it before: a format on each line of stdin, its seconds on stdout."""

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent.parent


def main(source: str, box: str, answers: TextIO) -> None:
    """Until stdin ends; the first run of each format is not counted by who asks."""
    from osm2cdr.processing_provider.request.checks import make_request
    from osm2cdr.processing_provider.request.request_argument import export_parameters
    from osm2cdr.server.workers.fork import warm

    warm.load()
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        request = make_request({"bbox": box, "formats": line.strip(), "detail": 3, "source": source})
        with tempfile.TemporaryDirectory() as folder:
            parameters = {**export_parameters(request), "OUTPUT_FOLDER": str(Path(folder) / "files")}
            start = time.perf_counter()
            warm.run(Path(folder), parameters)
            print(f"{time.perf_counter() - start:.4f}", file=answers, flush=True)
            os.chdir(ROOT)


if __name__ == "__main__":
    # What QGIS prints goes elsewhere.
    with os.fdopen(os.dup(1), "w") as answers:
        os.dup2(2, 1)
        main(sys.argv[1], sys.argv[2], answers)
