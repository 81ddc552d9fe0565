// The calls of our own pages: by the session, with the proof that the page is ours.
import { t } from "./texts.js";

const proof = document.querySelector('meta[name="csrf"]').content;
// What people read; the server's own sentence for anything else.
const said = {
  quota_used_up: () => t("The maps of this day are used up. The next ones begin at midnight UTC."),
  rate_limit: () => t("Too many calls. Wait a minute."),
  queue_full: () => t("Too many maps are waiting just now. Try again in a while."),
  disk_full: () => t("The server has no room just now. Try again later."),
  area_not_covered: () => t("This server has no map data of that place."),
  source_out: () => t("The map data of that place cannot be read just now. Try again in a minute."),
  area_too_small: () => t("The area is too small."),
  sign_in: () => t("Sign in to make maps here."),
  csrf: () => t("The page was open for too long. Open it anew."),
};

export async function call(method, path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: { "X-CSRF-Token": proof, ...(body && { "Content-Type": "application/json" }) },
      body: body && JSON.stringify(body),
    });
  } catch {
    throw new Error(t("The server does not answer. Is there a connection?"));
  }
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    const fault = new Error(said[data.code]?.() ?? data.error ?? t("Something went wrong."));
    fault.code = data.code;
    throw fault;
  }
  return data;
}
