// What a user of the generated types writes: submit, poll, download. `node client.js ADDRESS KEY BBOX FILE`.
import { writeFile } from "node:fs/promises";
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

const [address = "", key = "", box = "", file = ""] = process.argv.slice(2);
const bbox = JSON.parse(box) as components["schemas"]["BBox"];
const client = createClient<paths>({ baseUrl: address, headers: { "X-API-Key": key } });

const refused = await client.POST("/api/render", { body: { bbox, formats: ["svg"], config: { name: "a:b" } } });
if (refused.error === undefined) throw new Error("a bad name was taken");
console.log(`refused: ${refused.error.code}`);

const submitted = await client.POST("/api/render", { body: { bbox, formats: ["svg"], map_style: "default" } });
if (submitted.data === undefined) throw new Error(submitted.error.error);
const id = submitted.data.task_id;

for (;;) {
  const { data, error } = await client.GET("/api/status/{id}", { params: { path: { id } } });
  if (data === undefined) throw new Error(error.error);
  if (data.status === "completed") break;
  if (data.status === "failed") throw new Error(data.error ?? "no reason");
  await new Promise((resolve) => setTimeout(resolve, 500));
}

const { data, error } = await client.GET("/api/download/{id}/{format}", {
  params: { path: { id, format: "svg" } },
  parseAs: "arrayBuffer",
});
if (data === undefined) throw new Error(error?.error ?? "no body");
await writeFile(file, Buffer.from(data));
console.log(`saved: ${data.byteLength}`);
