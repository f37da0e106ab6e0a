// How the score of the open article came about: the bars of its categories, the largest reasons, and the whole sum.

const KNOWN = { baseline: "in the baseline", unchanged: "on an unchanged line" };
const CATEGORIES_SHOWN = (scoring) => CATEGORIES.filter((name) => scoring.categories[name]);

function scoreCard(article) {
  const { details } = opened;
  const { scoring, genre, readability, source } = details;
  const told = [
    genre && ["Read as", genre],
    source && [
      "Your list",
      make("bdi", {}, `${source.host} is “${source.label}” in ${source.list}; no part of the score`),
    ],
    readability && ["Readability", readabilityTold(readability)],
  ].filter(Boolean);
  const facts =
    told.length > 0 &&
    make(
      "dl",
      { class: "facts" },
      told.map(([term, text]) => [make("dt", {}, term), make("dd", {}, text)]),
    );
  if (!scoring) {
    const why =
      article.own && !article.unscored
        ? "The score of a site’s own content is shown on request: --show-score."
        : sentence(article.unscored);
    return make(
      "section",
      { class: "score-card", "aria-labelledby": "score-title" },
      make("h2", { id: "score-title" }, "No score shown"),
      make("p", { class: "faint" }, why),
      facts,
    );
  }
  if (article.score === null) {
    return make(
      "section",
      { class: "score-card", "aria-labelledby": "score-title" },
      make("h2", { id: "score-title" }, "Not scored"),
      make("p", {}, sentence(article.unscored)),
      facts,
      measured(),
    );
  }
  return make(
    "section",
    { class: `score-card band-${bandNumber(article.score)}`, "aria-labelledby": "score-title" },
    make(
      "h2",
      { id: "score-title" },
      make("span", { class: "total" }, String(article.score)),
      make("span", { class: "of" }, " of 100"),
      " ",
      make("span", { class: "band-name" }, article.band),
    ),
    make(
      "p",
      { class: "faint" },
      `${Math.round(100 * (scoring.coverage ?? 0))} % of the scorecard assessed`,
      scoring.confidence === "low" && "; confidence low: the text is short",
    ),
    bars(scoring),
    reasons(scoring),
    facts,
    make("details", { class: "sum" }, make("summary", {}, "How the score adds up"), sum(article, scoring)),
  );
}

function readabilityTold([colemanLiau, automated, lix, rix]) {
  return `Coleman-Liau ${colemanLiau} and ARI ${automated} (years of school), LIX ${Math.round(lix)}, RIX ${rix}; no part of the score`;
}

/** A bar for each category, as long as it could cost; what it did cost is filled. */
function bars(scoring) {
  const names = CATEGORIES_SHOWN(scoring);
  const most = Math.max(...names.map((name) => scoring.categories[name].cap));
  return make(
    "ul",
    { class: "bars", role: "list" },
    names.map((name) => {
      const { lost, cap, assessed, why } = scoring.categories[name];
      if (!assessed) {
        return make(
          "li",
          { class: "gap" },
          make("span", { class: "name" }, capital(name)),
          make("span", { class: "why" }, `not assessed${why ? `: ${why}` : ""}`),
        );
      }
      return make(
        "li",
        {},
        make("span", { class: "name" }, capital(name)),
        make(
          "span",
          { class: "track", "aria-hidden": "true", "--cap": cap / most },
          make("span", { "--part": cap ? Math.max(lost, 0) / cap : 0 }),
        ),
        make(
          "span",
          { class: "lost" },
          lost ? `${pointsOf(lost)} of ${cap}` : make("span", { class: "faint" }, `0 of ${cap}`),
        ),
      );
    }),
  );
}

function reasons(scoring) {
  if (!scoring.reasons.length) return null;
  return [
    make("h3", {}, "Largest reasons"),
    make(
      "ol",
      { class: "reasons", role: "list" },
      scoring.reasons.map((number) => {
        const finding = opened.details.findings[number];
        return make("li", {}, make("b", { class: "points" }, pointsOf(finding.points)), " ", jump(number));
      }),
    ),
  ];
}

/** A link from a line of the sum to what it is about. */
function jump(number) {
  const finding = opened.details.findings[number];
  const told = [make("b", {}, finding.rule), " ", make("bdi", {}, textOf(finding.message))];
  if (isQuiet(finding) && !opened.marks.has(number)) return make("span", { class: "jump" }, told); // it is nowhere else
  return make("button", { type: "button", class: "link jump", onclick: () => choose(number, { reveal: true }) }, told);
}

function entries(numbers) {
  const { findings } = opened.details;
  return [...numbers]
    .sort((one, other) => findings[other].points - findings[one].points || one - other)
    .map((number) => {
      const finding = findings[number];
      const spot = finding.where === "absent" ? "absent" : finding.spot;
      const told = make(
        "span",
        {},
        finding.points < 0 && make("b", {}, "credit, "),
        jump(number),
        " ",
        make(
          "span",
          { class: "faint" },
          spot,
          finding.value && " · measure",
          finding.known && ` · ${KNOWN[finding.known] ?? finding.known}`,
        ),
      );
      return line(finding.points, told, finding.points < 0 ? "credit" : "");
    });
}

function line(points, told, kind = "") {
  return make("tr", { class: kind }, make("td", { class: "points" }, pointsOf(points)), make("td", {}, told));
}

/** Every finding that moves the score, category by category, and what they come to. Values are listed at any cost. */
function sum(article, scoring) {
  const { findings, unlisted } = opened.details;
  const listedNumbers = findings
    .map((_, number) => number)
    .filter((number) => findings[number].points || findings[number].value);
  const rest = unlisted.points ?? {};
  let total = 0;
  const parts = CATEGORIES_SHOWN(scoring).map((name) => {
    const { cap, assessed } = scoring.categories[name];
    const own = listedNumbers.filter((number) => findings[number].category === name);
    const costs = [...own.map((number) => findings[number].points), rest[name] ?? 0];
    const lost = costs.reduce((one, other) => one + other, 0);
    const charged = costs.filter((points) => points > 0).reduce((one, other) => one + other, 0);
    total += lost;
    if (!own.length && !rest[name])
      return assessed ? make("tbody", {}, line(0, `in ${name}, at most ${cap}`, "subtotal")) : null;
    return make(
      "tbody",
      {},
      make(
        "tr",
        { class: "head" },
        make("th", { colspan: "2", scope: "rowgroup" }, `${capital(name)}, at most ${cap}`),
      ),
      entries(own),
      rest[name] && line(rest[name], "findings that are not listed"),
      line(lost, `in ${name}${charged >= cap ? ": the cap is reached, more would cost nothing" : ""}`, "subtotal"),
    );
  });
  const free = scoring.free ?? 0;
  return make(
    "table",
    { class: "ledger" },
    parts,
    make(
      "tbody",
      {},
      free > 0 && line(0, `${count(free, "more finding")} ${free === 1 ? "costs" : "cost"} nothing`),
      line(total, [`in all: 100 − ${total} = `, make("b", {}, String(100 - total))], "total"),
    ),
  );
}

/** Values of an article without a score: they are told nowhere else. */
function measured() {
  const { findings } = opened.details;
  const values = findings.map((_, number) => number).filter((number) => findings[number].value);
  if (!values.length) return null;
  return make(
    "details",
    { class: "sum" },
    make("summary", {}, "What was measured"),
    make("table", { class: "ledger" }, make("tbody", {}, entries(values))),
  );
}
