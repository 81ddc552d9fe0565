import requests
import time
from concurrent.futures import ThreadPoolExecutor

API_URL = "https://osm2cdr.ru/api"
API_KEY = "ocd_your_key_here"
headers = {"X-API-Key": API_KEY}

cities = {
    "moscow": [37.35, 55.57, 37.85, 55.92],
    "spb": [30.15, 59.85, 30.50, 60.05],
    "kazan": [49.05, 55.75, 49.20, 55.85],
}

def export_city(name: str, bbox: list) -> str:
    """Export a single city."""
    payload = {
        "bbox": {
            "min_lon": bbox[0], "min_lat": bbox[1],
            "max_lon": bbox[2], "max_lat": bbox[3],
        },
        "formats": ["svg"],
        "map_style": "minimal",
    }
    resp = requests.post(f"{API_URL}/render", json=payload, headers=headers)
    task_id = resp.json()["task_id"]

    for _ in range(60):
        status = requests.get(f"{API_URL}/status/{task_id}", headers=headers).json()
        if status["status"] == "completed":
            data = requests.get(
                f"{API_URL}/download/{task_id}/svg", headers=headers
            )
            filename = f"{name}.svg"
            with open(filename, "wb") as f:
                f.write(data.content)
            return filename
        elif status["status"] == "failed":
            return f"FAILED: {name}"
        time.sleep(3)
    return f"TIMEOUT: {name}"

with ThreadPoolExecutor(max_workers=3) as pool:
    futures = {pool.submit(export_city, n, b): n for n, b in cities.items()}
    for future in futures:
        print(f"{futures[future]}: {future.result()}")
