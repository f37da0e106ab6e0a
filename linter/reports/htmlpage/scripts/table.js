// The filters, and the table. Only the rows in sight are in the page: all have the same height, and room is left for
// the others above and below. Rows are links; one of them at a time can be reached with Tab, arrows move on.

const OVERSCAN = 12; // rows above and below those in sight

const COLUMNS = [
  { name: "score", label: "Score" },
  { name: "decision", label: "Decision" },
  { name: "title", label: "Title" },
  { name: "path", label: "Path" },
  { name: "alarms", label: "Findings" },
];

let current = 0; // the row that keys move on from, by its place in `shown`
let height = 0; // of a row, in pixels
let whole = false; // is every row in the page, to be printed?
const drawn = new Map(); // place in `shown` -> row

const table = byId("table");
const body = byId("rows");

// --- filters

function drawFilters() {
  const tally = (key) => {
    const numbers = new Map();
    for (const article of articles) if (article[key]) numbers.set(article[key], (numbers.get(article[key]) ?? 0) + 1);
    return [...numbers].sort(([one, n], [other, m]) => m - n || compareWords(one, other));
  };
  const withNumbers = (pairs) => pairs.map(([value, number]) => [value, `${value} (${counted(number)})`]);
  const bands = data.own
    ? []
    : [
        ...BANDS.filter((band) => band.articles).map((band) => band.name),
        ...(overview.unscored + overview.own ? [UNSCORED] : []),
      ];
  const choices = [
    [
      "decision",
      "Decision",
      "Any decision",
      DECISIONS.filter((name) => overview.decisions[name]).map((name) => [name, name]),
    ],
    [
      "severity",
      "Severity",
      "Any severity",
      SEVERITIES.filter((_, n) => overview.alarms[n]).map((name) => [name, name]),
    ],
    [
      "rule",
      "Rule",
      "Any rule",
      FREQUENT.map((rule) => [rule.id, `${rule.id} ${rule.name} (${counted(rule.articles)})`]),
    ],
    ["band", "Band", "Any band", bands.map((name) => [name, name])],
    ["site", "Site", "Any site", withNumbers(tally("host"))],
    ["list", "Your list", "Any label", withNumbers(tally("label"))],
  ];
  refill(
    byId("selects"),
    choices
      .filter(([key, , , options]) => options.length > (key === "site" || key === "list" ? 0 : 1))
      .map(([key, label, any, options]) =>
        make(
          "select",
          { name: key, "aria-label": label, onchange: (event) => go({ [key]: event.target.value }) },
          make("option", { value: "" }, any),
          options.map(([value, text]) => make("option", { value }, text)),
        ),
      ),
  );
  const orders = Object.entries(ORDERS).flatMap(([name, order]) => [
    [name, order.label],
    [`-${name}`, REVERSED[name]],
  ]);
  refill(
    byId("sort"),
    orders
      .filter(([name]) => !(data.own && name.endsWith("score")))
      .map(([value, text]) => make("option", { value }, text)),
  );
}

function followFilters() {
  const q = byId("q");
  if (q.value.trim() !== state.q) q.value = state.q;
  for (const select of byId("selects").children) {
    select.value = state[select.name];
    if (select.selectedIndex < 0) select.value = "";
    select.classList.toggle("on", Boolean(state[select.name]));
  }
  const { name, reversed } = orderOf(state.sort);
  byId("sort").value = reversed ? `-${name}` : name;
  drawChips();
  drawAboutRule();
}

const CHIPS = {
  q: (value) => `“${value}”`,
  rule: (value) => `Rule ${value} ${RULES.get(value)?.name ?? ""}`.trim(),
  severity: (value) => `Severity ${value}`,
  decision: (value) => `Decision ${value}`,
  band: (value) => (value === UNSCORED ? "No score" : `Band ${value}`),
  score: (value) => `Score ${value.replace("-", "–")}`,
  site: (value) => `Site ${value}`,
  list: (value) => `Your list: ${value}`,
};

function drawChips() {
  const on = FILTERS.filter((key) => state[key]);
  const chips = on.map((key) => {
    const text = CHIPS[key](state[key]);
    return make(
      "button",
      { type: "button", class: "chip", "aria-label": `Remove the filter: ${text}`, onclick: () => drop(key) },
      make("bdi", {}, text),
      icon("cross"),
    );
  });
  const all = on.length > 1 && make("button", { type: "button", class: "link", onclick: clear }, "Clear all");
  refill(byId("chips"), chips, all);
}

function drop(key) {
  if (key === "q") byId("q").value = "";
  go({ [key]: "" });
  (byId("chips").querySelector("button") ?? byId("q")).focus({ preventScroll: true });
}

function clear() {
  byId("q").value = "";
  go(unfiltered());
  byId("q").focus({ preventScroll: true });
}

/** What the rule says by which the table is filtered. */
function drawAboutRule() {
  const section = byId("about-rule");
  const rule = RULES.get(state.rule);
  section.hidden = !rule;
  if (!rule) return;
  const told = [
    ["Why", rule.why],
    ["What to do", rule.help],
    ["To verify", rule.verify],
  ].filter(([, text]) => text);
  refill(
    section,
    make("h2", {}, make("b", {}, state.rule), " ", rule.name, make("span", { class: "faint" }, ` ${rule.category}`)),
    rule.summary && make("p", {}, rule.summary),
    make(
      "details",
      { open: section.querySelector("details")?.open ?? false },
      make("summary", {}, "What the rule says"),
      make(
        "dl",
        {},
        told.map(([term, text]) => [make("dt", {}, term), make("dd", {}, sentence(text))]),
      ),
    ),
  );
}

// --- the table

function drawColumns() {
  const columns = data.own ? COLUMNS.filter((column) => column.name !== "score") : COLUMNS;
  table.classList.toggle("scoreless", data.own);
  refill(
    byId("columns"),
    columns.map(({ name, label }) =>
      make(
        "th",
        { role: "columnheader", scope: "col", class: name, "data-column": name },
        make(
          "button",
          { type: "button", onclick: () => sortBy(name) },
          label,
          make("span", { class: "arrow", "aria-hidden": "true" }),
        ),
      ),
    ),
  );
  table.setAttribute("aria-colcount", columns.length);
}

function sortBy(name) {
  const { name: now, reversed } = orderOf(state.sort);
  go({ sort: now === name && !reversed ? `-${name}` : name });
}

function cell(name, ...children) {
  return make("td", { role: "cell", class: name }, children);
}

/** A path whose folders give way first where there is no room: its end tells articles apart. */
function pathOf(place) {
  const end = place.lastIndexOf("/") + 1;
  return [make("bdi", { class: "folder" }, place.slice(0, end)), make("bdi", { class: "file" }, place.slice(end))];
}

function rowOf(place) {
  const article = shown[place];
  const link = make(
    "a",
    { href: addressOf({ ...state, article: article.key }), tabindex: "-1", "data-place": place },
    make("bdi", {}, article.title),
  );
  const why = article.because || article.unscored;
  const score =
    article.score === null
      ? make(
          "span",
          { class: "faint", title: whyUnscored(article) },
          "–",
          make("span", { class: "unseen" }, whyUnscored(article)),
        )
      : make("span", { class: "score", title: article.band }, String(article.score));
  return make(
    "tr",
    {
      role: "row",
      "aria-rowindex": place + 2,
      class: article.score === null ? "band-none" : `band-${bandNumber(article.score)}`,
    },
    !data.own && cell("score", score),
    cell("decision", make("span", { class: `word ${article.decision}` }, icon(article.decision), article.decision)),
    cell(
      "title",
      make("div", { class: article.borrowed ? "main borrowed" : "main" }, link),
      make("div", { class: "under", title: why }, make("bdi", {}, capital(why))),
    ),
    cell(
      "path",
      make("div", { class: "main", title: article.place }, pathOf(article.place)),
      make(
        "div",
        { class: "under" },
        make("bdi", {}, article.host),
        article.label && make("bdi", { class: "label" }, article.label),
      ),
    ),
    cell(
      "alarms",
      SEVERITIES.map(
        (severity, n) =>
          article.alarms[n] > 0 &&
          make(
            "span",
            { class: `pill ${severity}`, title: count(article.alarms[n], severity) },
            icon(severity),
            counted(article.alarms[n]),
            make("span", { class: "unseen" }, ` ${article.alarms[n] === 1 ? severity : `${severity}s`}`),
          ),
      ),
      article.alarms.every((number) => !number) && make("span", { class: "faint", title: "no findings" }, "–"),
    ),
  );
}

function whyUnscored(article) {
  return article.own && !article.unscored
    ? "its score is shown on request: --show-score"
    : article.unscored || UNSCORED;
}

/** Put the rows that are in sight into the page, and take the others out. */
function drawRows() {
  if (byId("list").hidden) return;
  if (!height) measure();
  const top = -body.getBoundingClientRect().top;
  const sight = whole ? shown.length : Math.ceil(innerHeight / height);
  const first = whole ? 0 : Math.max(Math.min(Math.floor(top / height), shown.length - sight) - OVERSCAN, 0);
  const last = Math.min(first + sight + 2 * OVERSCAN, shown.length);
  let next = null;
  for (let place = last - 1; place >= first; place -= 1) {
    if (!drawn.has(place)) {
      const row = rowOf(place);
      drawn.set(place, row);
      body.insertBefore(row, next);
    }
    next = drawn.get(place);
  }
  body.style.setProperty("--above", `${first * height}px`);
  body.style.setProperty("--below", `${(shown.length - last) * height}px`);
  // The others go last: were the page shorter for a moment, the browser would scroll back.
  for (const [place, row] of drawn) {
    if (place < first || place >= last) {
      row.remove();
      drawn.delete(place);
    }
  }
  markCurrent();
}

/** The height of a row is what the style and the reader's letters make of it. */
function measure() {
  if (!shown.length) return;
  const row = rowOf(0);
  body.append(row);
  height = row.getBoundingClientRect().height || 1;
  row.remove();
}

function redraw() {
  for (const row of drawn.values()) row.remove();
  drawn.clear();
  drawRows();
}

/** One row takes the focus from Tab: the current one, or else the first in sight. */
function markCurrent() {
  const places = [...drawn.keys()].sort((one, other) => one - other);
  const reachable = drawn.has(current) ? current : places[0];
  for (const [place, row] of drawn) {
    row.classList.toggle("current", place === current);
    row.querySelector("a").tabIndex = place === reachable ? 0 : -1;
  }
}

/** Move to a row, however far, and give it the focus. */
function moveTo(place) {
  if (!shown.length) return;
  current = Math.max(0, Math.min(place, shown.length - 1));
  const head = byId("columns").getBoundingClientRect();
  const covered = getComputedStyle(byId("columns").parentElement).position === "sticky" ? Math.max(head.bottom, 0) : 0;
  const top = body.getBoundingClientRect().top + current * height;
  if (top < covered) scrollBy(0, top - covered - 4);
  else if (top + height > innerHeight) scrollBy(0, top + height - innerHeight + 4);
  drawRows();
  drawn.get(current)?.querySelector("a").focus({ preventScroll: true });
}

function drawTable() {
  const total = articles.length;
  refill(byId("count"), make("b", {}, counted(shown.length)), ` of ${count(total, "article")}`, cut && " listed");
  table.setAttribute("aria-rowcount", shown.length + 1);
  const { name, reversed } = orderOf(state.sort);
  for (const column of byId("columns").children) {
    const on = column.dataset.column === name;
    if (on) column.setAttribute("aria-sort", reversed ? "descending" : "ascending");
    else column.removeAttribute("aria-sort");
  }
  table.hidden = !shown.length;
  byId("none").hidden = Boolean(shown.length);
  redraw();
}

/** How far to scroll for the first row to be the first below the filters. */
function topOfTable() {
  const filters = byId("filters");
  const covered = getComputedStyle(filters).position === "sticky" ? filters.offsetHeight : 0;
  return scrollY + document.querySelector(".standing").getBoundingClientRect().top - covered;
}

function openRow(event) {
  const row = event.target.closest("tr");
  if (!row || String(getSelection())) return;
  const link = row.querySelector("a");
  current = Number(link.dataset.place);
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  go({ article: shown[current].key, finding: "" });
}

function startTable() {
  drawFilters();
  drawColumns();
  body.addEventListener("click", openRow);
  body.addEventListener("focusin", (event) => {
    const place = Number(event.target.dataset.place);
    if (!Number.isNaN(place) && place !== current) {
      current = place;
      markCurrent();
    }
  });
  byId("clear").addEventListener("click", clear);
  byId("sort").addEventListener("change", (event) => go({ sort: event.target.value }));
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  new ResizeObserver(() => {
    table.style.setProperty("--bar", `${byId("filters").offsetHeight}px`);
  }).observe(byId("filters"));
  let typed = 0;
  byId("q").addEventListener("input", (event) => {
    clearTimeout(typed);
    // The first letter is a step for Back, the others go on from it.
    typed = setTimeout(() => go({ q: event.target.value.trim() }, { replace: Boolean(state.q) }), 120);
  });
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      drawRows();
    });
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", () => {
    height = 0;
    soon();
  });
}

onChange((now, before) => {
  followFilters();
  const same = [...FILTERS, "sort"].every((key) => now[key] === before[key]);
  if (same) return;
  current = 0;
  if (body.getBoundingClientRect().top < 0) scrollTo(0, topOfTable());
  drawTable();
});
