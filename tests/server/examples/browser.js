async function exportWithProgress(bbox, format, onProgress) {
  const API_URL = "https://osm2cdr.ru/api";
  const API_KEY = "ocd_your_key_here";
  const headers = { "X-API-Key": API_KEY, "Content-Type": "application/json" };

  // See api/schemas.py::RenderRequest for the canonical payload shape.
  const resp = await fetch(`${API_URL}/render`, {
    method: "POST",
    headers,
    body: JSON.stringify({
      bbox: {
        min_lon: bbox[0], min_lat: bbox[1],
        max_lon: bbox[2], max_lat: bbox[3],
      },
      formats: [format],
      map_style: "default",
    }),
  });
  const { task_id } = await resp.json();

  return new Promise((resolve, reject) => {
    const interval = setInterval(async () => {
      const status = await fetch(`${API_URL}/status/${task_id}`, { headers });
      const data = await status.json();
      onProgress(data.progress || 0, data.status);

      if (data.status === "completed") {
        clearInterval(interval);
        resolve(`${API_URL}/download/${task_id}/${format}`);
      } else if (data.status === "failed") {
        clearInterval(interval);
        reject(new Error(data.error));
      }
    }, 2000);
  });
}
