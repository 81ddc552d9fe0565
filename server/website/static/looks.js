// The looks of the chosen place: a small map in each style that is in sight, in place of the one of another town.
import { call } from "./calls.js";
import { t } from "./texts.js";

const pictures = new Map([...document.querySelectorAll(".look")].map((one) => [one.querySelector("input").value, one.querySelector("img")]));
const said = document.getElementById("looks-said");
// Between two questions; it grows where nothing comes.
const FIRST = 1500, LATEST = 8000, STILL = 900;
const inSight = new Set();
let place = "", timer = 0, pause = FIRST, done = new Set(), isOwn = false;

const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const style = target.closest(".look").querySelector("input").value;
    inSight[isIntersecting ? "add" : "delete"](style);
  }
  if (place) later(200);
});
for (const picture of pictures.values()) watcher.observe(picture);

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(ask, wait);
}

async function ask() {
  const styles = [...inSight].filter((style) => !done.has(style)).slice(0, 8), mine = place;
  if (!styles.length || document.hidden) return document.hidden ? later(LATEST) : undefined;
  let found;
  try {
    found = (await call("GET", `/site/looks?box=${mine}&styles=${styles.join(",")}`)).styles;
  } catch {
    return;
  }
  if (mine !== place) return;
  let news = 0;
  for (const [style, { state, picture }] of Object.entries(found)) {
    if (state === "ready" || state === "none") done.add(style);
    if (state !== "ready") continue;
    news += 1;
    pictures.get(style).src = picture;
    pictures.get(style).classList.add("own");
    isOwn = true;
    said.textContent = t("Pictures of the chosen place.");
  }
  pause = news ? FIRST : Math.min(LATEST, pause * 1.4);
  later(pause);
}

// Those of an area, where it has most; of none where it is null.
export function showLooks(box) {
  const next = box ? ["west", "south", "east", "north"].map((side) => box[side].toFixed(4)).join(",") : "";
  if (next === place) return;
  [place, done, pause] = [next, new Set(), FIRST];
  if (isOwn) said.textContent = t("Pictures of the place before, until those of the chosen one are made.");
  if (place) later(STILL);
}
