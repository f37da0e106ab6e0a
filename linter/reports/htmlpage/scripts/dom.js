// Builds elements. Text goes in as text: nothing in these files turns a string into markup.

const byId = (id) => document.getElementById(id);

/**
 * An element with attributes and children (nodes, strings, or lists of them; null and false are left out).
 * A function is a listener ("onclick"), true an attribute without a value, null or false none at all;
 * a name that begins with "--" is a custom property.
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name.startsWith("--")) element.style.setProperty(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of [children].flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false && child !== "") element.append(child);
  }
}

function refill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

const SHAPES = {
  fail: ["M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z", "M5.5 5.5l5 5M10.5 5.5l-5 5"],
  warn: ["M8 1.8 15 14H1z", "M8 6.2v3.6M8 11.6v.6"],
  pass: ["M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z", "M5 8.3l2.1 2.1L11 6.2"],
  error: ["M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z", "M8 4.6v4M8 10.8v.7"],
  warning: ["M8 1.8 15 14H1z", "M8 6.2v3.6M8 11.6v.6"],
  info: ["M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z", "M8 7.4v3.8M8 4.7v.7"],
  cross: ["", "M4.5 4.5l7 7M11.5 4.5l-7 7"],
  left: ["", "M10 3.5 5.5 8l4.5 4.5"],
  right: ["", "M6 3.5 10.5 8 6 12.5"],
  sun: [
    "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
    "M8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M12.8 3.2l-1.1 1.1M4.3 11.7l-1.1 1.1",
  ],
  moon: ["M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3z", ""],
  system: ["M2 3h12v8H2z", "M5.5 13.5h5M8 11v2.5"],
};

/** A small picture; it says nothing to a screen reader, so a word has to stand beside it. */
function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon ${name}`);
  svg.setAttribute("aria-hidden", "true");
  SHAPES[name].forEach((shape, number) => {
    if (!shape) return;
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", shape);
    path.setAttribute("class", number ? "strokes" : "body");
    svg.append(path);
  });
  return svg;
}

/** A link to an address from an article, or its bare text where it isn't one of the web. */
function outward(address) {
  let parsed = null;
  try {
    parsed = new URL(address);
  } catch {
    // No address: it stays what it is, a text.
  }
  const text = make("bdi", {}, address);
  if (!parsed || !["http:", "https:"].includes(parsed.protocol)) return text;
  return make("a", { href: parsed.href, rel: "noopener noreferrer nofollow", target: "_blank" }, text);
}

const COUNTS = new Intl.NumberFormat("en");
const counted = (number) => COUNTS.format(number);

/** "1 error", "1,234 errors". */
function count(number, noun) {
  return `${counted(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** "a, b and c". */
function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
const sentence = (text) => (text ? capital(text) + (/[.?!…]$/.test(text) ? "" : ".") : "");

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** What was kept from the last visit; browsers may refuse to keep anything of a file. */
const memory = {
  read(key) {
    try {
      return localStorage.getItem(`newslint-${key}`);
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(`newslint-${key}`, value);
    } catch {
      // Then it holds for this visit.
    }
  },
};
