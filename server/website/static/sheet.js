// The sheet as it will be: paper, margins, map and title at their true proportions, as the server lays them out.
import { call } from "./calls.js";
import { number, t } from "./texts.js";

const paper = document.getElementById("paper"), said = document.getElementById("sheet-said");
const parts = Object.fromEntries(["map", "head"].map((name) => {
  const part = document.createElement("span");
  part.className = `paper-${name}`;
  paper.append(part);
  return [name, part];
}));
// The longer side on the screen, in rem.
const LONG = 7;
let asked = 0;

function lay(part, [left, top, width, height], sheet) {
  const share = (length, whole) => `${(100 * length) / whole}%`;
  part.style.left = share(left, sheet.width);
  part.style.top = share(top, sheet.height);
  part.style.width = share(width, sheet.width);
  part.style.height = share(height, sheet.height);
}

export function showSheet(sheet) {
  paper.hidden = !sheet;
  said.textContent = "";
  if (!sheet) return;
  const longest = Math.max(sheet.width, sheet.height);
  paper.style.width = `${(LONG * sheet.width) / longest}rem`;
  paper.style.height = `${(LONG * sheet.height) / longest}rem`;
  lay(parts.map, sheet.map, sheet);
  parts.head.hidden = !sheet.head;
  if (sheet.head) lay(parts.head, sheet.head, sheet);
  said.textContent = `${t("Scale 1 : {0}", number(sheet.scale))} · ${t("{0} × {1} mm", number(sheet.width), number(sheet.height))}`;
}

// Ask for the sheet of a request; of several answers the last one counts.
export async function askSheet(request) {
  const mine = ++asked;
  let sheet = null, fault = "";
  try {
    sheet = request && (await call("POST", "/site/sheet", request));
  } catch (error) {
    fault = error.message;
  }
  if (mine !== asked) return;
  showSheet(sheet);
  if (fault) said.textContent = fault;
}
