// What is shown is said by the address: filters, order, the open article. So links can be shared, and Back goes back.

const NOTHING = {
  q: "",
  rule: "",
  severity: "",
  decision: "",
  band: "",
  score: "",
  site: "",
  list: "",
  sort: "decision",
  article: "",
  finding: "",
};
const FILTERS = ["q", "rule", "severity", "decision", "band", "score", "site", "list"];

let state = { ...NOTHING };
let listeners = [];

const onChange = (listener) => listeners.push(listener);

function read() {
  const given = new URLSearchParams(location.hash.slice(1));
  const said = Object.fromEntries(Object.entries(NOTHING).map(([key, usual]) => [key, given.get(key) ?? usual]));
  return byKey.has(said.article) ? said : { ...said, article: "", finding: "" };
}

function addressOf(wanted) {
  const said = Object.entries(wanted).filter(([key, value]) => value !== NOTHING[key]);
  return `#${new URLSearchParams(said)}`;
}

/** Go where `changes` lead; `replace` leaves no step behind for Back. */
function go(changes, { replace = false } = {}) {
  const address = addressOf({ ...state, ...changes });
  if (address === addressOf(state)) return;
  try {
    history[replace ? "replaceState" : "pushState"](null, "", address);
  } catch {
    location.hash = address; // where a browser lets no file write its history
  }
  follow();
}

/** Show what the address says. */
function follow() {
  const before = state;
  state = read();
  for (const listener of listeners) listener(state, before);
}

/** A filter on where it was off, and off where it was on. */
const toggle = (key, value) => go({ [key]: state[key] === value ? "" : value });

const unfiltered = () => Object.fromEntries(FILTERS.map((key) => [key, ""]));
const isFiltered = () => FILTERS.some((key) => state[key]);
