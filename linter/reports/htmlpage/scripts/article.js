// One article: its text with marks on the left, its score and findings on the right.

let opened = null; // { article, details, order, marks, chosen }
let wanted = 0; // counts openings, so that a slow one does not come after a later one
let listAt = 0; // how far the list was scrolled

const view = byId("article");

async function open(article) {
  const turn = (wanted += 1);
  let details;
  try {
    details = await detailsOf(article);
  } catch (problem) {
    if (turn === wanted) refuse(article, problem);
    return;
  }
  if (turn !== wanted) return;
  for (const finding of details.findings) finding.points ??= 0;
  hideTip();
  opened = { article, details, order: readingOrder(details.findings), marks: new Map(), chosen: null };
  drawArticle();
  show("article");
  document.title = `${article.title} · newslint`;
  const number = details.findings.findIndex((finding) => finding.fingerprint === state.finding);
  if (number >= 0) choose(number, { reveal: true, focus: true });
  else {
    scrollTo(0, 0);
    byId("article-title").focus({ preventScroll: true });
  }
}

function refuse(article, problem) {
  opened = null;
  const old = typeof DecompressionStream === "undefined";
  refill(
    view,
    backLink(),
    make("h1", { id: "article-title", tabindex: "-1" }, article.title),
    make(
      "p",
      { class: "notice" },
      old
        ? "This browser is too old to unpack the texts of this report."
        : `Its text could not be unpacked: ${problem.message}`,
    ),
  );
  show("article");
}

function show(name) {
  byId("list").hidden = name !== "list";
  view.hidden = name !== "article";
}

function close() {
  wanted += 1;
  hideTip();
  opened = null;
  show("list");
  document.title = `${byId("list-title").textContent} · newslint`;
}

// --- drawing

function backLink() {
  return make(
    "a",
    { class: "back", href: addressOf({ ...state, article: "", finding: "" }), onclick: leave },
    icon("left"),
    `All articles (${counted(shown.length)})`,
  );
}

function leave(event) {
  event?.preventDefault();
  go({ article: "", finding: "" });
}

function drawArticle() {
  const { article, details, marks } = opened;
  const numbered = details.profile !== "html";
  const place = shown.indexOf(article);
  const title = details.title.length ? linesOf(details.title, marks, { tag: "span" }) : make("bdi", {}, article.title);
  const author =
    details.author.length > 0 && make("span", { class: "author" }, linesOf(details.author, marks, { tag: "span" }));
  refill(
    view,
    make(
      "nav",
      { class: "strip", "aria-label": "Articles" },
      backLink(),
      make(
        "div",
        { class: "steps" },
        step(place - 1, "left", "Previous article"),
        make(
          "span",
          { class: "faint" },
          place < 0 ? "not in the filtered list" : `${counted(place + 1)} of ${counted(shown.length)}`,
        ),
        step(place + 1, "right", "Next article"),
      ),
    ),
    make(
      "header",
      { class: "head" },
      make("h1", { id: "article-title", tabindex: "-1" }, title),
      make(
        "p",
        { class: "byline" },
        [author, details.date, details.publisher]
          .filter(Boolean)
          .flatMap((part, n) => [n ? " · " : "", typeof part === "string" ? make("bdi", {}, part) : part]),
      ),
      verdictLine(article),
    ),
    make(
      "div",
      { class: "columns" },
      make("div", { class: "reading" }, drawText(article, details, marks, numbered)),
      make(
        "aside",
        { class: "aside", "aria-label": "Score and findings" },
        scoreCard(article),
        make("section", { class: "found", "aria-labelledby": "findings-title" }, listOf()),
        aboutArticle(article, details),
      ),
    ),
  );
}

function step(place, picture, label) {
  const target = place >= 0 ? shown[place] : null;
  return make(
    "button",
    {
      type: "button",
      class: "tool",
      disabled: !target,
      "aria-label": label,
      title: label,
      onclick: () => stepTo(place),
    },
    icon(picture),
  );
}

function stepTo(place) {
  const target = shown[place];
  if (!target) return;
  current = place;
  go({ article: target.key, finding: "" }, { replace: true });
}

function verdictLine(article) {
  const why = article.because || (article.decision === "pass" ? alarmsTold(article.alarms) : "");
  const said = make(
    "p",
    { class: `verdict ${article.decision}` },
    icon(article.decision),
    make(
      "span",
      {},
      make("b", {}, { fail: "Fails", warn: "Warns", pass: "Passes" }[article.decision]),
      why && ": ",
      make("bdi", {}, why),
    ),
  );
  const score =
    article.score !== null &&
    make(
      "p",
      { class: `narrow-only brief band-${bandNumber(article.score)}` },
      make("span", { class: "swatch" }),
      make("b", {}, String(article.score)),
      ` of 100, ${article.band}`,
    );
  return [said, score];
}

function drawText(article, details, marks, numbered) {
  const parts = [];
  if (details.text.length) {
    parts.push(
      make(
        "div",
        {
          class: `text ${details.profile}${numbered ? " numbered" : ""}`,
          role: "region",
          "aria-label": "The article’s text",
          lang: tongue(details.language),
        },
        partsOf(details.text, marks, numbered),
      ),
    );
  } else {
    parts.push(make("p", { class: "faint" }, "There is no text."));
  }
  if (details.beside.length) {
    parts.push(
      make(
        "details",
        { class: "beside" },
        make("summary", {}, "Beside the article: menus, teasers, footers. Linted, and not scored."),
        make("div", { class: "text html" }, partsOf(details.beside, marks, false)),
      ),
    );
  }
  return parts;
}

/** A language as browsers know it. */
const tongue = (language) => (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language ?? "") ? language : null);

function aboutArticle(article, details) {
  const facts = [
    ["Path", make("bdi", { class: "path" }, article.place)],
    details.source_line && ["Line", counted(details.source_line)],
    details.id && ["ID", make("bdi", {}, details.id)],
    article.url && ["Address", outward(article.url)],
    article.host && ["Site", make("bdi", {}, article.host)],
    ["Words", counted(article.words)],
    details.language && ["Language", details.language],
    ["Format", details.profile],
  ].filter(Boolean);
  return make(
    "section",
    { class: "about", "aria-labelledby": "about-title" },
    make("h2", { id: "about-title" }, "About this article"),
    make(
      "dl",
      { class: "facts" },
      facts.map(([term, text]) => [make("dt", {}, term), make("dd", {}, text)]),
    ),
  );
}

// --- choosing a finding

const itemOfNumber = (number) => view.querySelector(`.finding[data-number="${number}"]`);

/**
 * Choose a finding: its marks stand out, its item in the list opens. `reveal` scrolls to it in the text, or in the
 * list where the text doesn't show it; `focus` also puts the focus there. Choosing it again closes its item.
 */
function choose(number, { reveal = false, focus = false } = {}) {
  const again = opened.chosen === number && !reveal;
  for (const mark of view.querySelectorAll("mark.chosen")) mark.classList.remove("chosen");
  for (const item of view.querySelectorAll(".finding.chosen")) openItem(item, false);
  opened.chosen = again ? null : number;
  if (again) return go({ finding: "" }, { replace: true });
  const item = itemOfNumber(number);
  if (item) openItem(item, true);
  const marks = opened.marks.get(number) ?? [];
  for (const mark of marks) mark.classList.add("chosen");
  const target = marks[0] ?? item?.querySelector("button");
  if (target) {
    const box = target.closest("details:not([open])");
    if (box) box.open = true;
    if (focus) target.focus({ preventScroll: true });
    // Side by side both come into sight; one below the other the reader stays where they are.
    if (reveal || isBeside()) bringIntoSight(target, reveal);
    if (item && isBeside()) bringIntoSight(item, false);
  }
  return go({ finding: opened.details.findings[number].fingerprint }, { replace: true });
}

const isBeside = () => getComputedStyle(view.querySelector(".aside")).position === "sticky";

function openItem(item, on) {
  const box = item.closest("details");
  if (on && box) box.open = true;
  item.classList.toggle("chosen", on);
  item.querySelector("button").setAttribute("aria-expanded", String(on));
  item.querySelector(".more").hidden = !on;
}

function bringIntoSight(element, centre) {
  const rect = element.getBoundingClientRect();
  const inSight = rect.top > 70 && rect.bottom < innerHeight - 20;
  if (inSight && !element.closest(".aside")) return;
  element.scrollIntoView({ block: centre ? "center" : "nearest", behavior: calm() ? "auto" : "smooth" });
}

/** The finding after (`by` 1) or before (-1) the chosen one, in reading order. */
function stepFinding(by) {
  const { order, chosen } = opened;
  if (!order.length) return;
  const place = order.indexOf(chosen);
  const next = place < 0 ? (by > 0 ? 0 : order.length - 1) : (place + by + order.length) % order.length;
  choose(order[next], { reveal: true, focus: true });
}

/** What the card at a passage tells of: the chosen finding first, then the other alarms there. */
function findingsOf(mark) {
  const { details, chosen } = opened;
  const numbers = mark.dataset.findings.split(" ").map(Number);
  const told = numbers.filter((number) => number === chosen || !isQuiet(details.findings[number]));
  return told.sort((one, other) => (other === chosen) - (one === chosen)).map((number) => details.findings[number]);
}

function startArticle() {
  tipsFor(view, findingsOf);
  view.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-findings]");
    if (!mark || String(getSelection())) return;
    const numbers = mark.dataset.findings.split(" ").map(Number);
    const alarms = numbers.filter((number) => !isQuiet(opened.details.findings[number]));
    if (!alarms.length) return;
    // Clicks on a passage that several findings share go through them.
    const next = alarms[(alarms.indexOf(opened.chosen) + 1) % alarms.length];
    if (next !== opened.chosen) choose(next);
    showTip(mark, findingsOf(mark));
  });
  view.addEventListener("keydown", (event) => {
    if (event.target.matches("mark") && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      event.target.click();
    }
  });
}

onChange((now, before) => {
  const article = now.article ? byKey.get(now.article) : null;
  if (article) {
    if (byId("list").hidden === false) listAt = scrollY;
    if (opened?.article === article)
      wanted += 1; // it is there: another one that is on its way comes too late
    else open(article);
    return;
  }
  if (!before.article && !byId("list").hidden) return;
  const last = byKey.get(before.article);
  close();
  const place = last ? shown.indexOf(last) : -1;
  if (place >= 0) current = place;
  scrollTo(0, listAt);
  drawRows();
  if (before.article && place >= 0) moveTo(place);
});
