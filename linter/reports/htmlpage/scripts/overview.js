// The top of the list: what was linted, and three cards that count, each part of them a filter.

const RULES_AT_FIRST = 8;
const cut = articles.length < overview.articles;

function inputsTold() {
  const { paths = [], number = 0, folder = "" } = overview.inputs ?? {};
  if (!number) return ["nothing"];
  const named = (path) => make("bdi", { class: "path" }, path === "-" ? "standard input" : path);
  if (number <= paths.length)
    return paths.flatMap((path, n) => [n ? (n === paths.length - 1 ? " and " : ", ") : "", named(path)]);
  return [`${counted(number)} files`, folder ? [" in ", named(folder)] : ""];
}

/** "5 errors, 2 warnings"; of an article or of the run. */
function alarmsTold(alarms) {
  const told = SEVERITIES.map((severity, n) => alarms[n] && count(alarms[n], severity)).filter(Boolean);
  return told.join(", ") || "no findings";
}

function drawHead() {
  refill(byId("list-title"), `${count(overview.articles, "article")} in `, inputsTold());
  const scored = overview.articles - overview.unscored - overview.own;
  refill(
    byId("list-summary"),
    [
      count(
        overview.alarms.reduce((one, other) => one + other),
        "finding",
      ),
      data.own ? "" : `${counted(scored)} scored`,
      overview.unscored ? `${counted(overview.unscored)} without a score` : "",
      overview.own && !data.own ? `${counted(overview.own)} of the site’s own (score not shown)` : "",
      overview.errors ? `${counted(overview.errors)} with an error` : "",
    ]
      .filter(Boolean)
      .join(" · "),
  );
  const notes = [
    data.interrupted && "The run was interrupted: this is what was linted until then.",
    cut &&
      `Only the ${counted(articles.length)} worst are listed: those that fail first, then those with the lowest scores. ` +
        `The other ${counted(overview.articles - articles.length)} are counted in the cards below, and left out of the table.`,
    overview.known &&
      `${count(overview.known, "finding")} ${overview.known === 1 ? "was" : "were"} there before ` +
        "(in the baseline, or on unchanged lines): no alarm, and not counted here.",
  ].filter(Boolean);
  refill(
    byId("list-notes"),
    notes.map((note) => make("p", { class: "notice" }, note)),
  );
  const { version, rulebook, score_version } = data.tool;
  refill(byId("made"), `Made by newslint ${version}, rules ${rulebook}, score version ${score_version}.`);
}

/** A part of a card that is a filter: pressed while it is on. */
function facet(key, value, attributes, ...children) {
  return make(
    "button",
    {
      type: "button",
      "data-facet": key,
      "data-value": value,
      "aria-pressed": "false",
      onclick: () => toggle(key, value),
      ...attributes,
    },
    children,
  );
}

function drawDecisions() {
  const total = Math.max(overview.articles, 1);
  refill(
    byId("decisions"),
    make(
      "div",
      { class: "share", "aria-hidden": "true" },
      DECISIONS.map((name) => make("span", { class: name, "--part": overview.decisions[name] / total })),
    ),
    make(
      "div",
      { class: "decisions" },
      DECISIONS.map((name) =>
        facet(
          "decision",
          name,
          { class: name },
          make("span", { class: "number" }, counted(overview.decisions[name])),
          make("span", { class: "word" }, icon(name), name),
        ),
      ),
    ),
    make("h3", {}, "Findings"),
    make(
      "div",
      { class: "severities", role: "group", "aria-label": "Findings by severity" },
      SEVERITIES.map((name, n) =>
        facet(
          "severity",
          name,
          { class: `pill ${name}`, disabled: overview.alarms[n] === 0 },
          icon(name),
          counted(overview.alarms[n]),
          " ",
          overview.alarms[n] === 1 ? name : `${name}s`,
        ),
      ),
    ),
  );
}

function drawScores() {
  const scores = byId("scores");
  if (data.own) {
    refill(
      scores,
      make("p", { class: "faint" }, "The score of a site's own content is shown on request: --show-score."),
    );
    return;
  }
  // Two bars make one target: wide enough for a finger, and still every band begins with a bar of its own.
  const targets = overview.histogram
    .map((_, n) => n)
    .filter((n) => n % 2 === 0)
    .map((n) => {
      const pair = [n, n + 1].filter((place) => place < overview.histogram.length);
      const number = pair.reduce((sum, place) => sum + overview.histogram[place], 0);
      const [low, high] = [n * BAR, pair.at(-1) === overview.histogram.length - 1 ? 100 : (pair.at(-1) + 1) * BAR - 1];
      return facet(
        "score",
        `${low}-${high}`,
        {
          "aria-label": `Score ${low} to ${high}: ${count(number, "article")}`,
          title: `${low}–${high}: ${count(number, "article")}`,
          disabled: !number,
        },
        pair.map(barOf),
      );
    });
  const named = BANDS.map((band, n) =>
    facet(
      "band",
      band.name,
      { class: `band band-${n}`, disabled: band.articles === 0 },
      make("span", { class: "swatch", "aria-hidden": "true" }),
      band.name,
      " ",
      make("b", {}, counted(band.articles)),
    ),
  );
  const without = overview.unscored + overview.own;
  if (without) {
    named.push(
      facet(
        "band",
        UNSCORED,
        { class: "band band-none" },
        make("span", { class: "swatch", "aria-hidden": "true" }),
        UNSCORED,
        " ",
        make("b", {}, counted(without)),
      ),
    );
  }
  const marks = [
    0,
    ...BANDS.map((band) => band.least)
      .filter(Boolean)
      .reverse(),
    100,
  ];
  refill(
    scores,
    make("div", { class: "histogram", role: "group", "aria-label": "Scores in steps of ten" }, targets),
    make(
      "div",
      { class: "axis", "aria-hidden": "true" },
      marks.map((score) => make("span", { "--at": score / 100 }, String(score))),
    ),
    make("div", { class: "bands", role: "group", "aria-label": "Bands of the score" }, named),
  );
}

/** A bar, and before it what the other filters leave of it. */
function barOf(place) {
  const number = overview.histogram[place];
  const height = number / Math.max(...overview.histogram, 1);
  return make(
    "span",
    { class: `bar band-${bandNumber(place * BAR)}` },
    number > 0 && make("span", { class: "all", "--height": height }),
    make("span", { class: "now" }),
  );
}

const bandNumber = (score) => BANDS.findIndex((band) => score >= band.least);

function drawRules(all = false) {
  const rules = byId("rules");
  if (!FREQUENT.length) {
    refill(rules, make("p", { class: "faint" }, "No rule found anything."));
    return;
  }
  const most = FREQUENT[0].total;
  const rows = FREQUENT.slice(0, all ? undefined : RULES_AT_FIRST).map((rule) =>
    make(
      "li",
      {},
      facet(
        "rule",
        rule.id,
        { class: "rule", title: `${alarmsTold(rule.hits)} in ${count(rule.articles, "article")}` },
        make("span", { class: "name" }, make("b", {}, rule.id), " ", rule.name),
        make(
          "span",
          { class: "number" },
          counted(rule.total),
          make("span", { class: "unseen" }, ` ${alarmsTold(rule.hits)} in ${count(rule.articles, "article")}`),
        ),
        make(
          "span",
          { class: "stack", "aria-hidden": "true", "--part": rule.total / most },
          SEVERITIES.map(
            (severity, n) => rule.hits[n] > 0 && make("span", { class: severity, "--part": rule.hits[n] / rule.total }),
          ),
        ),
      ),
    ),
  );
  refill(
    rules,
    make("ul", { class: "rules", role: "list" }, rows),
    FREQUENT.length > RULES_AT_FIRST &&
      make(
        "button",
        { type: "button", class: "link", "aria-expanded": String(all), onclick: () => turnRules(!all) },
        all ? `Show the first ${RULES_AT_FIRST}` : `Show all ${FREQUENT.length} rules`,
      ),
  );
}

function turnRules(all) {
  drawRules(all);
  pressFacets();
  byId("rules").querySelector(".link").focus();
}

function pressFacets() {
  for (const button of document.querySelectorAll("[data-facet]")) {
    button.setAttribute("aria-pressed", String(state[button.dataset.facet] === button.dataset.value));
  }
}

/** Of every bar, what the other filters leave. */
function fillBars() {
  if (data.own) return;
  const left = overview.histogram.map(() => 0);
  for (const article of matching(state, "score")) {
    if (article.score !== null) left[Math.min(Math.floor(article.score / BAR), left.length - 1)] += 1;
  }
  const most = Math.max(...overview.histogram, 1);
  document.querySelectorAll(".histogram .bar").forEach((bar, n) => {
    bar.querySelector(".now").style.setProperty("--height", left[n] / most);
  });
  byId("scores").classList.toggle(
    "narrowed",
    FILTERS.some((key) => key !== "score" && state[key]),
  );
}

onChange(() => {
  pressFacets();
  fillBars();
});
