const API_URL = "https://osm2cdr.ru/api";
const API_KEY = "ocd_your_key_here";

async function exportMap(bbox, format = "pdf") {
  // 1. Create task
  // NOTE: payload matches api/schemas.py::RenderRequest — bbox as object,
  // formats as array, top-level map_style is hoisted into config.
  const response = await fetch(`${API_URL}/render`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-API-Key": API_KEY,
    },
    body: JSON.stringify({
      bbox: {
        min_lon: bbox[0], min_lat: bbox[1],
        max_lon: bbox[2], max_lat: bbox[3],
      },
      formats: [format],
      map_style: "default",
      detail_level: 3,
    }),
  });
  const task = await response.json();
  console.log(`Task created: ${task.task_id}`);

  // 2. Poll status
  while (true) {
    const statusResp = await fetch(`${API_URL}/status/${task.task_id}`, {
      headers: { "X-API-Key": API_KEY },
    });
    const status = await statusResp.json();
    console.log(`Status: ${status.status} (${status.progress || 0}%)`);

    if (status.status === "completed") break;
    if (status.status === "failed") throw new Error(status.error);
    await new Promise((r) => setTimeout(r, 2000));
  }

  // 3. Download (format is required in the path)
  const download = await fetch(`${API_URL}/download/${task.task_id}/${format}`, {
    headers: { "X-API-Key": API_KEY },
  });
  return download;
}

const bbox = [37.58, 55.74, 37.65, 55.76]; // Central Moscow
exportMap(bbox, "pdf").then((resp) => {
  console.log(`Downloaded: ${resp.headers.get("content-length")} bytes`);
});
