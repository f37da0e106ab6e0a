// Which articles are shown, and in what order.

const compareWords = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
const WEIGHT = { fail: 0, warn: 1, pass: 2 };

/** Orders by name; each gives what comes first. Where two are alike, the worse one does. */
const ORDERS = {
  decision: { label: "Decision, worst first", compare: (one, other) => WEIGHT[one.decision] - WEIGHT[other.decision] },
  score: {
    label: "Score, lowest first",
    compare: (one, other) => one.score - other.score,
    unknown: (one) => one.score === null,
  },
  title: {
    label: "Title",
    compare: (one, other) => compareWords(one.title, other.title),
    unknown: (one) => one.borrowed,
  },
  path: { label: "Path", compare: (one, other) => compareWords(one.place, other.place) },
  alarms: { label: "Findings, most first", compare: (one, other) => byAlarms(one, other) },
};
const REVERSED = {
  decision: "Decision, best first",
  score: "Score, highest first",
  title: "Title, Z to A",
  path: "Path, Z to A",
  alarms: "Findings, fewest first",
};

/** Errors outweigh any number of warnings, and warnings any number of infos. */
function byAlarms(one, other) {
  for (let n = 0; n < SEVERITIES.length; n += 1) {
    if (one.alarms[n] !== other.alarms[n]) return other.alarms[n] - one.alarms[n];
  }
  return 0;
}

/** "-score" is the order by score, turned round. An unknown name is the usual order. */
function orderOf(sort) {
  const name = sort.replace(/^-/, "");
  return Object.hasOwn(ORDERS, name) ? { name, reversed: sort !== name } : { name: NOTHING.sort, reversed: false };
}

function sorted(chosen, sort) {
  const { name, reversed } = orderOf(sort);
  const { compare, unknown } = ORDERS[name];
  const turn = reversed ? -1 : 1;
  return [...chosen].sort(
    (one, other) =>
      (unknown ? unknown(one) - unknown(other) : 0) || turn * compare(one, other) || one.index - other.index,
  );
}

/** Each filter by name: is it `wanted` that an article shows? A finding must satisfy rule and severity together. */
const TESTS = {
  q: (wanted) => {
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    return (article) => words.every((word) => needleOf(article).includes(word));
  },
  decision: (wanted) => (article) => article.decision === wanted,
  band: (wanted) => (article) => (wanted === UNSCORED ? article.score === null : article.band === wanted),
  score: (wanted) => {
    const [low, high] = wanted.split("-").map(Number);
    return (article) => article.score !== null && article.score >= low && article.score <= high;
  },
  site: (wanted) => (article) => article.host === wanted,
  list: (wanted) => (article) => article.label === wanted,
};

function hasAlarm(rule, severity) {
  const bits = severity ? (BIT[severity] ?? 8) : 7;
  if (rule) return (article) => Object.hasOwn(article.rules, rule) && Boolean(article.rules[rule] & bits);
  return (article) => article.alarms[SEVERITIES.indexOf(severity)] > 0;
}

/** What a search looks through. */
function needleOf(article) {
  if (article.needle === null) {
    const rules = Object.keys(article.rules).flatMap((id) => [id, RULES.get(id)?.name ?? ""]);
    const parts = [article.title, article.place, article.url, article.label, ...rules, ...article.messages];
    article.needle = parts.join("\n").toLowerCase();
  }
  return article.needle;
}

/** The articles that pass every filter, but those named. */
function matching(wanted, ...without) {
  const tests = Object.entries(TESTS)
    .filter(([key]) => wanted[key] && !without.includes(key))
    .map(([key, test]) => test(wanted[key]));
  if (wanted.rule || wanted.severity) tests.push(hasAlarm(wanted.rule, wanted.severity));
  return tests.length ? articles.filter((article) => tests.every((test) => test(article))) : articles;
}

let shown = articles; // what the table holds, in its order

onChange((now, before) => {
  const same = [...FILTERS, "sort"].every((key) => now[key] === before[key]);
  if (!same) shown = sorted(matching(now), now.sort);
});
