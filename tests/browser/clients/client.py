"""What a user of the generated package writes: submit, poll, download. `client.py ADDRESS KEY BBOX FILE`."""

import json
import sys
import time
from pathlib import Path

from osm2cdr_client import AuthenticatedClient
from osm2cdr_client.api.tasks import download, status, submit
from osm2cdr_client.models import BBox, Config, DownloadFormat, RenderRequest, Status, Task
from osm2cdr_client.models import RenderRequestFormatsItem as Format
from osm2cdr_client.types import File

address, key, box, file = sys.argv[1:]
bbox = BBox.from_dict(json.loads(box))
client = AuthenticatedClient(base_url=address, token=key, prefix="", auth_header_name="X-API-Key")

refused = submit.sync(client=client, body=RenderRequest(bbox=bbox, formats=[Format.SVG], config=Config(name="a:b")))
print("refused:", refused.code)

task = submit.sync(client=client, body=RenderRequest(bbox=bbox, formats=[Format.SVG]))
assert isinstance(task, Task), task
while True:
    state = status.sync(task.task_id, client=client)
    assert isinstance(state, Status), state
    assert state.status != "failed", state.error
    if state.status == "completed":
        break
    time.sleep(0.5)
data = download.sync(task.task_id, DownloadFormat.SVG, client=client)
assert isinstance(data, File), data
saved = data.payload.read()
Path(file).write_bytes(saved)
print("saved:", len(saved))
