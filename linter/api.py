"""The public Python API: `lint` for one text, `Linter` for many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from linter.config import Config
from linter.decision import decide
from linter.engine import Engine, Outcome
from linter.model import Article, Profile, Verdict
from linter.readers import article_from_text
from linter.rulebook import RuleBook, active_rules, load_book
from linter.timelimit import TimeUpError, limited

if TYPE_CHECKING:
    from linter.corpus.templatelines import TemplateLines
    from linter.costs import Costs
    from linter.sourcelist import SourceList


_BATCH_LIMIT = 4.0  # seconds for several articles; then each is limited by itself


class Linter:
    """Lints articles with one configuration; make it once, use it often. `costs` is told what the time goes to.

    Raises `linter.config.ConfigError` or `linter.rulefile.RuleError`, each with a one-line message.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        rulebook: RuleBook | None = None,
        template_lines: TemplateLines | None = None,
        costs: Costs | None = None,
    ) -> None:
        self.config = config or Config()
        self.rulebook = rulebook or load_book(self.config.rules, allow_python=self.config.allow_python_rules)
        self.rules = active_rules(self.rulebook, self.config)
        self.template_lines = template_lines or (_learned(self.config) if self.config.lines else None)
        self.sources = _listed(self.config) if self.config.source_list is not None else None
        self._warm = False
        self._engine = _engine_type(costs)(
            self.rules,
            preset=self.config.preset,
            site=self.config.site,
            suppress=self.config.suppress,
            template_lines=self.template_lines,
            root=self.config.root,
        )

    def lint(
        self,
        text: str,
        *,
        title: str | None = None,
        url: str | None = None,
        author: str | None = None,
        date: str | None = None,
        profile: Profile = "text",
    ) -> Verdict:
        """The verdict on one article given as a string.

        `profile` says how the text is written: plain `text`, `markdown` or `html`. Offsets in the verdict count code
        points of `text` as it was given.

        >>> verdict = Linter().lint("Mayor opens bridge\\n\\nAdvertisement\\n\\nThe mayor opened the bridge on Monday.")
        >>> [(f.rule, f.line, f.text) for f in verdict.findings]
        [('INJ005', 3, 'Advertisement')]
        """
        article = article_from_text(text, profile)
        if self.config.html_scope == "main":
            article.beside = None
        article.title, article.url = title or article.title, url or article.url
        article.author, article.date = author or article.author, date or article.date
        verdict = self.run(article).verdict
        decide(verdict, article, self.config)
        return verdict

    def run(self, article: Article) -> Outcome:
        """The verdict on an article from a reader, with unused suppressions. Never raises: an error goes into it."""
        return self.run_all([article])[0]

    def run_all(self, articles: Sequence[Article]) -> list[Outcome]:
        """The same for several articles at a time, which takes less time."""
        outcomes = self._all(articles)
        if self.sources is not None:
            for article, outcome in zip(articles, outcomes, strict=True):
                outcome.verdict.source = self.sources.of(article)
        return outcomes

    def _all(self, articles: Sequence[Article]) -> list[Outcome]:
        limit = self.config.time_limit
        if len(articles) > 1:
            try:
                with limited(limit and max(2 * limit, _BATCH_LIMIT)):
                    return self._engine.lint_all(articles)
            except (Exception, TimeUpError):  # the article that it comes from must not take the others down
                return [self._alone(article, limit) for article in articles]
        return [self._alone(article, limit) for article in articles]

    def _alone(self, article: Article, limit: float) -> Outcome:
        """The verdict on one article. What goes wrong becomes its error: the CLI makes exit code 2 of it."""
        try:
            with limited(limit):
                return self._engine.lint(article)
        except Exception as err:
            return _failed(article, f"internal error: {type(err).__name__}: {err}")
        except TimeUpError:
            if self._warm:
                return _failed(article, f"took longer than {limit:g} s to lint (--time-limit)")
        # The first articles also wait for patterns to be compiled, which is not their fault.
        self._warm = True
        return self._alone(article, limit)


def _learned(config: Config) -> TemplateLines:
    from linter.corpus.templatelines import load_template_lines

    return load_template_lines(config)


def _engine_type(costs: Costs | None) -> Callable[..., Engine]:
    if costs is None:
        return Engine
    from linter.costs import MeasuredEngine

    return partial(MeasuredEngine, costs)


def _listed(config: Config) -> SourceList | None:
    from linter.sourcelist import load_source_list

    return load_source_list(config)


def lint(
    text: str,
    *,
    title: str | None = None,
    url: str | None = None,
    author: str | None = None,
    date: str | None = None,
    profile: Profile = "text",
) -> Verdict:
    """Lint one article with the default configuration; see `Linter.lint`."""
    global _default
    if _default is None:
        _default = Linter()
    return _default.lint(text, title=title, url=url, author=author, date=date, profile=profile)


def _failed(article: Article, error: str) -> Outcome:
    verdict = Verdict(
        path=article.path, record=article.record, source_line=article.source_line, id=article.id, url=article.url,
        title=article.title, error=error,
    )  # fmt: skip
    return Outcome(verdict, [])


_default: Linter | None = None
