// The findings of the open article: as marks in its text, and as a list beside it. Both know each other by number.

const WHERE = {
  title: "In the title",
  author: "In the author’s name",
  text: "In the text",
  page: "Elsewhere in the page",
  beside: "Beside the article",
  absent: "Missing",
};

// Controls, what turns the direction of writing, what has no width, halves of pairs: shown by their codes.
const ODD =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffc\u{e0000}-\u{e007f}\p{Surrogate}]/u;
const HOLE = "\ufffc"; // stands for something of a page that is no text, and is passed over
const ODDS = new RegExp(ODD.source, "gu");

const isQuiet = (finding) => Boolean(finding.value || finding.known);
const pointsOf = (points) => (points ? `${points > 0 ? "−" : "+"}${Math.abs(points)}` : "0");

function pointsTold(finding) {
  if (!finding.points || !opened.details.scoring) return null;
  return make(
    "span",
    { class: finding.points < 0 ? "points credit" : "points" },
    pointsOf(finding.points),
    make("span", { class: "unit" }, Math.abs(finding.points) === 1 ? " point" : " points"),
  );
}

/** Alarms in the order they are read in: the title, the author, the text, the rest of the page, what is missing. */
function readingOrder(findings) {
  const ranks = Object.keys(WHERE);
  return findings
    .map((finding, number) => ({ finding, number }))
    .filter(({ finding }) => !isQuiet(finding))
    .sort(
      (one, other) =>
        ranks.indexOf(one.finding.where) - ranks.indexOf(other.finding.where) || one.number - other.number,
    )
    .map(({ number }) => number);
}

// --- in the text

/** Lines of a text, in an element each: plain pieces, and those that findings are about. */
function linesOf(lines, marks, { tag = "div", first = null, forms = {} } = {}) {
  return lines.map((line, n) => {
    const element = make(tag, {
      class: forms[n] ? `line ${forms[n]}` : "line",
      dir: "auto",
      "data-line": first === null ? null : first + n,
    });
    if (typeof line === "string") appendText(element, line);
    else
      for (const segment of line)
        append(element, typeof segment === "string" ? textOf(segment) : markOf(segment, marks));
    if (!element.textContent.trim()) element.classList.add("blank");
    return element;
  });
}

function markOf([text, ...numbers], marks) {
  const { details, order } = opened;
  const alarms = numbers.filter((number) => !isQuiet(details.findings[number]));
  const worst = SEVERITIES.find((severity) => alarms.some((number) => details.findings[number].severity === severity));
  const mark = make("mark", { class: worst ?? "quiet", "data-findings": numbers.join(" ") }, textOf(text));
  const beginning = alarms.filter((number) => !marks.has(number));
  if (beginning.length) {
    // The first piece of a finding takes the focus for all of it.
    mark.tabIndex = 0;
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-describedby", "tip");
    mark.setAttribute(
      "aria-label",
      `${beginning.map((number) => details.findings[number].severity).join(", ")}: ${text}`,
    );
    mark.dataset.numbers = beginning.map((number) => order.indexOf(number) + 1).join(",");
  }
  for (const number of numbers) marks.set(number, [...(marks.get(number) ?? []), mark]);
  return mark;
}

function appendText(element, text) {
  append(element, textOf(text));
}

/** A text, with a label on every character that can't be seen; the character itself stays in its place. */
function textOf(text) {
  if (!ODD.test(text)) return text;
  const pieces = [];
  let end = 0;
  for (const { 0: char, index } of text.matchAll(ODDS)) {
    const code = char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    const label = char === HOLE ? null : `U+${code}`;
    pieces.push(text.slice(end, index), make("span", { class: "odd", "data-code": label }, char));
    end = index + char.length;
  }
  return [...pieces, text.slice(end)];
}

function partsOf(parts, marks, numbered) {
  return parts.flatMap((part) => [
    part.skipped
      ? make("p", { class: "skipped" }, `${count(part.skipped, "character")} without findings left out here`)
      : null,
    linesOf(part.lines, marks, { first: numbered ? (part.first ?? 1) : null, forms: part.forms }),
  ]);
}

// --- as a list

function listOf() {
  const { details, order } = opened;
  const groups = Object.keys(WHERE).map((where) => [
    where,
    order.filter((number) => details.findings[number].where === where),
  ]);
  const known = details.findings.filter((finding) => finding.known).length;
  const unlisted = details.unlisted.alarms ?? 0;
  return [
    make(
      "h2",
      { id: "findings-title" },
      order.length + unlisted ? count(order.length + unlisted, "finding") : "No findings",
    ),
    groups
      .filter(([, numbers]) => numbers.length)
      .map(([where, numbers]) => {
        const list = make("ol", { class: "findings", role: "list" }, numbers.map(itemOf));
        if (where !== "beside") return [make("h3", {}, WHERE[where]), list];
        return make(
          "details",
          { class: "beside" },
          make("summary", {}, `${WHERE[where]} (${counted(numbers.length)})`),
          list,
        );
      }),
    unlisted > 0 &&
      make(
        "p",
        { class: "faint" },
        `${count(unlisted, "further finding")}, of the less severe ones, ${unlisted === 1 ? "is" : "are"} not listed.`,
      ),
    known > 0 &&
      make(
        "p",
        { class: "faint" },
        `${count(known, "further finding")} ${known === 1 ? "was" : "were"} there before: no alarm, and not listed.`,
      ),
  ];
}

function itemOf(number) {
  const { details, order } = opened;
  const finding = details.findings[number];
  const rule = RULES.get(finding.rule) ?? {};
  const place = order.indexOf(number) + 1;
  return make(
    "li",
    { class: `finding ${finding.severity}`, "data-number": number },
    make(
      "button",
      { type: "button", "aria-expanded": "false", "aria-controls": `more-${number}`, onclick: () => choose(number) },
      make("span", { class: "badge" }, String(place)),
      make(
        "span",
        { class: "what" },
        make("span", { class: "message" }, make("bdi", {}, textOf(sentence(finding.message)))),
        make(
          "span",
          { class: "meta" },
          icon(finding.severity),
          finding.severity,
          " · ",
          make("b", {}, finding.rule),
          " ",
          rule.name,
          finding.where !== "absent" && ` · ${finding.spot}`,
        ),
      ),
      pointsTold(finding),
    ),
    make("div", { class: "more", id: `more-${number}`, hidden: true }, moreOf(finding, rule)),
  );
}

function moreOf(finding, rule) {
  const { excerpt = "", more = 0, related = [] } = finding;
  const told = [
    finding.suggestion && ["Instead", make("bdi", {}, textOf(finding.suggestion))],
    rule.help && ["What to do", sentence(rule.help)],
    rule.verify && ["To verify", sentence(rule.verify)],
    rule.why && ["Why", rule.why],
    related.length && ["Also matches", listed(related.map((id) => `${id} ${RULES.get(id)?.name ?? ""}`.trim()))],
  ].filter(Boolean);
  // In a page the source of what is marked says less than the mark itself.
  const marked = opened.details.profile === "html" && ["text", "beside"].includes(finding.where);
  const quoted = excerpt.trim() && finding.where !== "absent" && !marked;
  return [
    quoted && make("blockquote", { dir: "auto" }, textOf(excerpt), more > 0 && `… (${count(more, "more character")})`),
    make(
      "dl",
      {},
      told.map(([term, text]) => [make("dt", {}, term), make("dd", {}, text)]),
    ),
    ["text", "beside"].includes(finding.where) &&
      make(
        "p",
        { class: "narrow-only" },
        make(
          "button",
          { type: "button", class: "link", onclick: () => choose(opened.chosen, { reveal: true, focus: true }) },
          "Show it in the text",
        ),
      ),
    make(
      "p",
      {},
      make("a", { href: addressOf({ ...NOTHING, rule: finding.rule }) }, `All articles with ${finding.rule}`),
    ),
  ];
}
