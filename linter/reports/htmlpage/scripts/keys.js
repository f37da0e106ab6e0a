// Keys. They can be switched off, for those whose voice or tools type letters.

const KEYS = [
  ["j or ↓", "next article in the list", ""],
  ["k or ↑", "previous article in the list", ""],
  ["Enter", "open the article", ""],
  ["j or →", "next article, while one is open", ""],
  ["k or ←", "previous article, while one is open", ""],
  ["n", "next finding in the open article", ""],
  ["p", "previous finding", ""],
  ["Esc", "close what is open: the card, the article, this window", ""],
  ["/", "search", ""],
  ["?", "this window", ""],
];

let keysOn = memory.read("keys") !== "off";
const help = byId("help");

const isTyping = (target) => target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");

/** What a key does while the list is shown: the row to move to. */
const IN_LIST = {
  j: () => next(1),
  ArrowDown: () => next(1),
  k: () => next(-1),
  ArrowUp: () => next(-1),
  Home: () => moveTo(0),
  End: () => moveTo(shown.length - 1),
  PageDown: () => moveTo(current + page()),
  PageUp: () => moveTo(current - page()),
};
const IN_ARTICLE = {
  j: () => stepTo(shown.indexOf(opened.article) + 1),
  ArrowRight: () => stepTo(shown.indexOf(opened.article) + 1),
  k: () => stepTo(shown.indexOf(opened.article) - 1),
  ArrowLeft: () => stepTo(shown.indexOf(opened.article) - 1),
  n: () => stepFinding(1),
  p: () => stepFinding(-1),
};

const page = () => Math.max(Math.floor(innerHeight / height) - 2, 1);
const inTable = () => body.contains(document.activeElement);

/** The first step goes to the current row itself, the next ones on from it. */
function next(by) {
  moveTo(inTable() ? current + by : current);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open || event.defaultPrevented) return;
  if (event.key === "Escape") return escape(event);
  if (isTyping(event.target)) return typing(event);
  if (!keysOn) return undefined;
  let action = null;
  if (event.key === "/") action = search;
  else if (event.key === "?") action = openHelp;
  else if (event.shiftKey)
    return undefined; // letters to select by
  else if (opened) action = IN_ARTICLE[event.key];
  else if (!byId("list").hidden && (event.key.length === 1 || inTable())) action = IN_LIST[event.key];
  if (!action) return undefined;
  event.preventDefault();
  return action();
}

function typing(event) {
  if (event.target.id !== "q" || !["Enter", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  go({ q: event.target.value.trim() }, { replace: Boolean(state.q) });
  moveTo(0);
}

function escape(event) {
  if (!tip.hidden) hideTip();
  else if (event.target.id === "q") event.target.blur();
  else if (opened || !view.hidden) leave();
  else return;
  event.preventDefault();
}

function search() {
  if (!view.hidden) leave();
  byId("q").focus();
  byId("q").select();
}

function openHelp() {
  help.showModal();
}

function startKeys() {
  refill(
    byId("help-keys"),
    KEYS.map(([keys, what]) => [
      make(
        "dt",
        {},
        keys.split(" or ").flatMap((key, n) => [n ? " or " : "", make("kbd", {}, key)]),
      ),
      make("dd", {}, what),
    ]),
  );
  byId("keys-on").checked = keysOn;
  byId("keys-on").addEventListener("change", (event) => {
    keysOn = event.target.checked;
    memory.write("keys", keysOn ? "on" : "off");
  });
  byId("help-open").addEventListener("click", openHelp);
  byId("help-close").addEventListener("click", () => help.close());
  help.addEventListener("click", (event) => {
    if (event.target === help) help.close(); // beside the window
  });
  document.addEventListener("keydown", onKey);
}
