// What the page was given: counts over all articles, a row for each listed one, and packed details.

const DECISIONS = ["fail", "warn", "pass"];
const SEVERITIES = ["error", "warning", "info"];
const BIT = { error: 4, warning: 2, info: 1 };
const CATEGORIES = ["provenance", "republication", "language", "sourcing", "style"];
const UNSCORED = "no score";

const data = JSON.parse(byId("data").textContent);
byId("data").remove();
const { overview } = data;
const BANDS = overview.bands.map(([name, least, articles]) => ({ name, least, articles }));
const RULES = new Map(Object.entries(overview.rules));
const BAR = 100 / overview.histogram.length; // points of the score

/** A place as an address can hold it: half a surrogate pair has no encoding. */
const keyOf = (place) => place.replace(/\p{Surrogate}/gu, "\ufffd");

const articles = data.articles.map((row, index) => ({
  index,
  place: row.place,
  key: keyOf(row.place),
  title: row.title || "Untitled",
  borrowed: Boolean(row.first_line), // the title is the text's first line, or there is none
  url: row.url || "",
  host: row.host || "",
  label: row.label || "",
  score: row.score ?? null,
  band: row.score === undefined ? "" : BANDS.find((band) => row.score >= band.least).name,
  own: Boolean(row.own),
  unscored: row.unscored || "",
  decision: row.decision,
  because: row.because || "",
  words: row.words || 0,
  alarms: row.alarms || [0, 0, 0],
  rules: row.rules || {},
  messages: row.messages || [],
  needle: null, // made when somebody searches
}));

const byKey = new Map();
for (const article of articles) {
  for (let copy = 2; byKey.has(article.key); copy += 1) article.key = `${keyOf(article.place)}~${copy}`;
  byKey.set(article.key, article);
}

const severityOf = (bits) => SEVERITIES.find((severity) => bits & BIT[severity]);

/** The rules that raised alarms anywhere, the most frequent first. */
const FREQUENT = [...RULES.entries()]
  .map(([id, rule]) => ({ id, name: rule.name, articles: rule.articles || 0, hits: rule.hits || [0, 0, 0] }))
  .map((rule) => ({ ...rule, total: rule.hits[0] + rule.hits[1] + rule.hits[2] }))
  .filter((rule) => rule.total)
  .sort((one, other) => other.total - one.total || (one.id < other.id ? -1 : 1));

const parsed = new Promise((resolve) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve, { once: true });
  else resolve();
});

/** What there is to show of an article beside its row. Its packed form stands behind the script, in blocks. */
async function detailsOf(article) {
  const id = `details-${Math.floor(article.index / data.block)}`;
  if (!byId(id)?.nextSibling) await parsed;
  const packed = byId(id).textContent.split("\n")[article.index % data.block];
  const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
  const opened = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return {
    profile: "text",
    text: [],
    title: [],
    author: [],
    beside: [],
    ...JSON.parse(await new Response(opened).text()),
  };
}
