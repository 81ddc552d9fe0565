// A task from its submission to its files: told by the server's events, or asked for where they fail.
import { call } from "./calls.js";
import { size, t } from "./texts.js";

const card = document.getElementById("task");
const bar = document.getElementById("progress");
const step = document.getElementById("step");
const files = document.getElementById("files");
const stop = document.getElementById("stop");
const preview = document.getElementById("preview");
const SHOWN = ["png", "jpg", "webp", "svg", "gif", "avif"];
const names = Object.fromEntries(JSON.parse(document.getElementById("catalogue").textContent).map((one) => [one.id, one.name]));
let current = "";

function show(status) {
  bar.value = status.progress;
  const over = ["completed", "failed", "cancelled", "expired"].includes(status.state);
  stop.hidden = over;
  if (status.state === "queued") {
    step.textContent = status.queue_position > 1 ? t("Waiting: {0} in the queue", status.queue_position) : t("Waiting: next");
  } else if (status.state === "running") {
    step.textContent = `${status.progress} % · ${status.step}`;
  } else if (status.state === "completed") {
    step.textContent = status.error ?? t("Finished.");
    list(status);
  } else {
    step.textContent = status.state === "cancelled" ? t("Cancelled.") : status.error ?? t("It failed.");
  }
  step.className = status.error && over ? "fault" : "";
  return over;
}

function list(status) {
  const done = status.files.filter((file) => file.status === "completed");
  files.replaceChildren(...status.files.map((file) => {
    const item = document.createElement("li");
    if (file.status !== "completed") {
      item.className = "fault small";
      item.textContent = `${names[file.format] ?? file.format}: ${file.error ?? ""}`;
      return item;
    }
    const link = document.createElement("a");
    link.className = "button primary";
    link.href = new URL(file.url).pathname + new URL(file.url).search;
    link.download = file.filename;
    const name = document.createElement("span");
    name.textContent = t("Download {0}", names[file.format] ?? file.format);
    const weight = document.createElement("span");
    weight.textContent = size(file.bytes);
    link.append(name, weight);
    item.append(link);
    return item;
  }));
  const picture = done.find((file) => SHOWN.includes(file.format) && file.bytes < 8e6);
  if (picture) look(picture);
  files.querySelector("a")?.focus({ preventScroll: false });
}

// As a blob: the server hands files out to be kept, and a picture in an <img> runs nothing.
async function look(file) {
  const address = new URL(file.url);
  const answer = await fetch(address.pathname + address.search);
  if (!answer.ok) return;
  const image = document.createElement("img");
  image.alt = t("Your map");
  image.src = URL.createObjectURL(new Blob([await answer.blob()], { type: file.media_type }));
  preview.replaceChildren(image);
  preview.hidden = false;
}

function ask(id) {
  const look = async () => {
    if (current !== id) return;
    try {
      if (show(await call("GET", `/site/tasks/${id}`))) return;
    } catch (fault) {
      step.textContent = fault.message;
    }
    setTimeout(look, 2000);
  };
  look();
}

export function follow(id) {
  current = id;
  card.hidden = false;
  files.replaceChildren();
  preview.hidden = true;
  bar.value = 0;
  step.textContent = t("Sent.");
  card.scrollIntoView({ block: "nearest" });
  const events = new EventSource(`/site/tasks/${id}/events`);
  let over = false;
  events.onmessage = (event) => {
    if (current !== id) return events.close();
    over = show(JSON.parse(event.data));
    if (over) events.close();
  };
  events.onerror = () => {
    events.close();
    if (!over && current === id) ask(id);
  };
}

stop.addEventListener("click", async () => {
  stop.disabled = true;
  try {
    await call("DELETE", `/site/tasks/${current}`);
  } catch (fault) {
    step.textContent = fault.message;
  }
  stop.disabled = false;
});
