import requests
import time

API_URL = "https://osm2cdr.ru/api"
API_KEY = "ocd_your_key_here"
headers = {"X-API-Key": API_KEY}

# 1. Create export task
# NOTE: payload matches api/schemas.py::RenderRequest — bbox is an object,
# formats is an array (1-5 items), map_style and detail_level are top-level
# (the schema validator hoists them into `config`).
payload = {
    "bbox": {"min_lon": 37.58, "min_lat": 55.74, "max_lon": 37.65, "max_lat": 55.76},
    "formats": ["geojson"],
    "map_style": "default",
    "detail_level": 3
}
response = requests.post(f"{API_URL}/render", json=payload, headers=headers)
response.raise_for_status()
task = response.json()
task_id = task["task_id"]
print(f"Task created: {task_id}")

# 2. Wait for completion
while True:
    status = requests.get(f"{API_URL}/status/{task_id}", headers=headers).json()
    print(f"Status: {status['status']} ({status.get('progress', 0)}%)")
    if status["status"] == "completed":
        break
    elif status["status"] == "failed":
        raise Exception(f"Error: {status.get('error', 'unknown')}")
    time.sleep(2)

# 3. Download result (format is required in the path)
download = requests.get(f"{API_URL}/download/{task_id}/geojson", headers=headers)
filename = f"export_{task_id}.geojson"
with open(filename, "wb") as f:
    f.write(download.content)
print(f"Saved: {filename} ({len(download.content)} bytes)")
