// The card beside a marked passage, while the pointer is on it or the focus is. It stays while the pointer is on the
// card itself, and Escape closes it.

const SHOW_AFTER = 90; // milliseconds
const HIDE_AFTER = 180;
const MOST_COVERED = 120; // pixels of a passage that are left in sight

const tip = byId("tip");
let tipped = null; // the passage that the card is about
let waiting = 0;

function tell(finding) {
  const rule = RULES.get(finding.rule) ?? {};
  const lines = [
    finding.suggestion && ["Instead", make("bdi", {}, textOf(finding.suggestion))],
    rule.help && ["What to do", sentence(rule.help)],
    rule.verify && ["To verify", sentence(rule.verify)],
  ].filter(Boolean);
  return make(
    "div",
    { class: `told ${finding.value ? "value" : finding.severity}` },
    make(
      "p",
      { class: "what" },
      icon(finding.value ? "info" : finding.severity),
      make(
        "span",
        {},
        finding.value ? "measure" : finding.severity,
        " · ",
        make("b", {}, finding.rule),
        " ",
        rule.name,
      ),
      pointsTold(finding),
    ),
    make("p", { class: "message" }, make("bdi", {}, textOf(sentence(finding.message)))),
    lines.map(([term, text]) => make("p", {}, make("span", { class: "term" }, `${term}:`), " ", text)),
  );
}

function showTip(passage, findings) {
  clearTimeout(waiting);
  tipped = passage;
  refill(tip, findings.map(tell));
  tip.hidden = false;
  placeTip(passage);
}

/** Below the passage (of a long one, below its first line), or above it where there is no room. */
function placeTip(passage) {
  const whole = passage.getBoundingClientRect();
  const rect = whole.height > MOST_COVERED ? passage.getClientRects()[0] : whole;
  const { offsetWidth: width, offsetHeight: tall } = tip;
  const room = document.documentElement.clientWidth;
  const left = Math.max(8, Math.min(rect.left, room - width - 8));
  const fits = rect.bottom + 8 + tall <= innerHeight || rect.top < tall + 8;
  const top = fits ? rect.bottom + 8 : rect.top - tall - 8;
  tip.style.setProperty("--left", `${left + scrollX}px`);
  tip.style.setProperty("--top", `${top + scrollY}px`);
}

function hideTip() {
  clearTimeout(waiting);
  tipped = null;
  tip.hidden = true;
  tip.replaceChildren(); // passages are described by it, and this one no more
}

/** Show the card for passages within `area`; `findingsOf` says which findings one belongs to. */
function tipsFor(area, findingsOf) {
  const passageOf = (event) => event.target.closest?.("mark:not(.quiet), mark.chosen");
  area.addEventListener("pointerover", (event) => {
    const passage = passageOf(event);
    if (!passage || event.pointerType === "touch") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => passage.isConnected && showTip(passage, findingsOf(passage)), SHOW_AFTER);
  });
  area.addEventListener("pointerout", (event) => {
    if (passageOf(event)) leaveTip();
  });
  area.addEventListener("focusin", (event) => {
    const passage = passageOf(event);
    if (passage) showTip(passage, findingsOf(passage));
  });
  area.addEventListener("focusout", (event) => {
    if (passageOf(event)) leaveTip();
  });
}

function leaveTip() {
  clearTimeout(waiting);
  waiting = setTimeout(hideTip, HIDE_AFTER);
}

addEventListener("scrollend", () => tipped?.isConnected && placeTip(tipped));
tip.addEventListener("pointerenter", () => clearTimeout(waiting));
tip.addEventListener("pointerleave", leaveTip);
