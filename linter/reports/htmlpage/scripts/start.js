// Draws the page.

const THEMES = { system: ["system", "System"], light: ["sun", "Light"], dark: ["moon", "Dark"] };

function startTheme() {
  const button = byId("theme");
  const names = Object.keys(THEMES);
  let theme = memory.read("theme") in THEMES ? memory.read("theme") : "system";
  const apply = () => {
    document.documentElement.dataset.theme = theme;
    const [picture, label] = THEMES[theme];
    refill(button, icon(picture), make("span", { class: "wide-only" }, label));
    button.setAttribute("aria-label", `Colours: ${label}`);
  };
  button.addEventListener("click", () => {
    theme = names[(names.indexOf(theme) + 1) % names.length];
    memory.write("theme", theme);
    apply();
  });
  apply();
}

let unfolded = []; // for printing

/** On paper nothing can be scrolled or unfolded: all is laid out there, but for what is no part of the article. */
function setOut(all) {
  whole = all;
  drawRows();
  if (all) unfolded = [...view.querySelectorAll("details:not([open], .beside)")];
  for (const box of unfolded) box.open = all;
}

function start() {
  startTheme();
  drawHead();
  drawDecisions();
  drawScores();
  drawRules();
  startTable();
  startArticle();
  startKeys();
  history.scrollRestoration = "manual";
  document.querySelector("[data-skip]").addEventListener("click", (event) => {
    event.preventDefault();
    byId("main").focus();
  });
  document.querySelector(".brand a").addEventListener("click", (event) => {
    event.preventDefault();
    go({ ...NOTHING });
  });
  addEventListener("beforeprint", () => setOut(true));
  addEventListener("afterprint", () => setOut(false));
  addEventListener("popstate", follow);
  addEventListener("hashchange", follow);
  // One article alone is shown at once.
  if (articles.length === 1 && overview.articles === 1 && !location.hash.slice(1)) {
    history.replaceState(null, "", addressOf({ ...NOTHING, article: articles[0].key }));
  }
  if (!read().article || !byKey.has(read().article)) close();
  follow();
  drawTable();
  performance.mark("newslint-ready");
}

start();
