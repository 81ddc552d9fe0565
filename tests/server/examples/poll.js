async function pollStatus(task_id, onProgress) {
  while (true) {
    const resp = await fetch(`${API_URL}/status/${task_id}`, {
      headers: { "X-API-Key": API_KEY },
    });
    const data = await resp.json();
    onProgress(data.progress || 0, data.status, data.step);
    if (data.status === "completed") return data;
    if (data.status === "failed") throw new Error(data.error);
    await new Promise((r) => setTimeout(r, 2000));
  }
}
