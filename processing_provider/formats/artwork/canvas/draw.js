"use strict";
// A map in points (1/72 inch), drawn at any size: scale a canvas's context, then call the functions of its layers.
// draw, write, stamp and picture are all that these need; a look is what several objects have in common.

const made = new Map();
// While somebody asks what is at a point, { x, y, name }.
let asked = null;

/** The path of a text of SVG's `d`, made once. */
function path(d) {
  let found = made.get(d);
  if (!found) made.set(d, (found = new Path2D(d)));
  return found;
}

/** Fills and strokes a path, rings in rings being holes; `around` is how it looks below, as what shines round a name. */
function draw(c, look, d, name, around) {
  if (around) draw(c, around, d);
  const one = path(d);
  if (look.fill) {
    c.fillStyle = look.fill;
    c.fill(one, "evenodd");
  }
  if (look.stroke) {
    c.strokeStyle = look.stroke;
    c.lineWidth = look.width;
    c.lineCap = look.cap;
    c.lineJoin = look.join;
    c.miterLimit = look.miter || 4;
    c.setLineDash(look.dash || []);
    c.stroke(one);
  }
  if (asked && name) {
    const { x, y } = asked;
    if ((look.fill && c.isPointInPath(one, x, y, "evenodd")) || (look.stroke && c.isPointInStroke(one, x, y))) {
      asked.name = name;
    }
  }
}

/** Writes lines [text, x, y, width] turned by so many degrees about their beginning, no wider than they may be. */
function write(c, look, lines, turn, name) {
  c.font = look.font;
  c.textAlign = look.align;
  c.textBaseline = "alphabetic";
  c.direction = "ltr";
  if ("letterSpacing" in c) c.letterSpacing = look.spacing || "0px";
  if ("textRendering" in c) c.textRendering = "geometricPrecision";
  const shift = { left: 0, center: 0.5, right: 1 }[look.align];
  const each = (paint) => {
    for (const [text, x, y, width] of lines) {
      c.save();
      c.translate(x, y);
      c.rotate((turn * Math.PI) / 180);
      paint(text, shift * width, width * 1.02);
      c.restore();
    }
  };
  if (look.halo) {
    c.strokeStyle = look.halo;
    c.lineWidth = look.around;
    c.lineJoin = "round";
    c.setLineDash([]);
    each((text, x, most) => c.strokeText(text, x, 0, most));
  }
  c.fillStyle = look.fill;
  each((text, x, most) => c.fillText(text, x, 0, most));
}

/** Draws a symbol, a function of the context, at a place. */
function stamp(c, symbol, x, y, name) {
  c.save();
  c.translate(x, y);
  symbol(c, name);
  c.restore();
}

/** Draws an image into the parallelogram that a matrix makes of the unit square. */
function picture(c, image, matrix) {
  if (!image.complete || !image.naturalWidth) return;
  c.save();
  c.transform(...matrix);
  c.drawImage(image, 0, 0, 1, 1);
  c.restore();
}

function load(source) {
  const image = new Image();
  image.addEventListener("load", () => dispatchEvent(new Event("resize")));
  image.src = source;
  return image;
}

