"""Mending articles: what the rules say can be mended, where that touches no sentence, and with a look at the result."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct, field

from linter.api import Linter
from linter.edits import Edit, Revision
from linter.fixing.places import Places
from linter.fixing.proposals import Proposal, disjoint, propose
from linter.fixing.trial import Against, Refusal, State, Trial
from linter.model import Article, Finding, Verdict
from linter.readers import article_from_text

__all__ = ["Fixed", "Fixer"]

# What has to be refused is found by halving. An article is linted at most so often in a round, and in so many rounds.
_MOST_TRIALS, _MOST_ROUNDS = 30, 10


class Fixed(Struct):
    """What was done about an article: its new source, and the edits of the old one that make it.

    `fixed` counts findings by rule. The others are those of rules with a fix: which `--unsafe` would mend, which
    nothing can without cutting a sentence or tearing markup, and which would only have made room for another finding.
    `error` says why an article was left as it is.
    """

    source: str
    edits: list[Edit] = []
    fixed: Counter[str] = field(default_factory=Counter)
    unsafe: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    undone: Counter[str] = field(default_factory=Counter)
    error: str | None = None


class Fixer:
    """Mends articles with one linter.

    `unsafe`: with those fixes too of which a rule says that a person has to look. `main`: of a page only its article
    was read.
    """

    def __init__(self, linter: Linter, *, unsafe: bool = False, main: bool = False) -> None:
        self._linter, self._unsafe, self._main = linter, unsafe, main
        self._rules = {rule.id: rule for rule in linter.rules}

    def fix(self, article: Article, verdict: Verdict | None = None) -> Fixed:
        """Mend an article until nothing more can be done; `verdict` is what the linter says about it, where known.

        What comes out has no finding that the article didn't have, and is left as it is if it is mended again.
        """
        if article.error is not None:
            return Fixed(article.source, error=article.error)
        verdict = verdict or self._linter.run(article).verdict
        if verdict.error is not None:
            return Fixed(article.source, error=verdict.error)
        revision, state, result = Revision(article.source), State(article, verdict, []), Fixed(article.source)
        for last in [*[False] * (_MOST_ROUNDS - 1), True]:
            places = Places(state.article)
            found, left = propose(places, state.verdict, self._rules, labelled=self._is_labelled(state.article))
            wanted = disjoint([one for one in found if one.safe or self._unsafe])
            round_ = _Round(Trial(self._linter, state, places, main=self._main)) if wanted else None
            after = round_(wanted) if round_ is not None else None
            if round_ is None or after is None or last:
                self._count_rest(result, found, left, round_)
                break
            state = after
            revision.apply(state.edits)
            result.fixed.update(_rules_of(found, round_.accepted))
        result.source, result.edits = revision.source, revision.edits
        return result

    def _is_labelled(self, article: Article) -> bool:
        """Is it known of a page, which has a head, what of it is the article?"""
        page = article.page
        if page is None or not page.headed or article.beside is not None:
            return True
        return self._main and article_from_text(article.source, "html", path=article.path).beside is not None

    def _count_rest(
        self, result: Fixed, found: Sequence[Proposal], left: Sequence[Finding], round_: _Round | None
    ) -> None:
        """Count what was not mended, as the last round saw it."""
        result.left.update(finding.rule for finding in left)
        refused = round_.refused if round_ is not None else {}
        for one in found:
            if not (one.safe or self._unsafe):
                result.unsafe[one.finding.rule] += 1
            elif refused.get(id(one)) == "alarm":
                result.undone[one.finding.rule] += 1
            else:
                result.left[one.finding.rule] += 1


class _Round:
    """The most proposals that can be made together, out of all that there are."""

    def __init__(self, trial: Trial) -> None:
        self._trial, self._left = trial, _MOST_TRIALS
        self.accepted: list[Proposal] = []
        self.refused: dict[int, Against] = {}

    def __call__(self, proposals: Sequence[Proposal]) -> State | None:
        """The article after those that were accepted; None where none was."""
        rest = [one for one in proposals if self._trial.can(one)]
        while rest:
            after = self._try(rest)
            if isinstance(after, State):
                return after
            if not after.blamed:
                break
            self._refuse(after.blamed, after.against)
            rest = [one for one in rest if id(one) not in self.refused]
        return self._halved(rest) if rest else None

    def _halved(self, proposals: Sequence[Proposal]) -> State | None:
        """The article after as many of the proposals as go together with those that are accepted already.

        All of them together don't.
        """
        if len(proposals) == 1:
            self._refuse(proposals, "reading")
            return None
        found, half = None, len(proposals) // 2
        for part in (proposals[:half], proposals[half:]):
            after = self._try(part)
            if isinstance(after, State):
                found = after
            elif len(part) > 1:
                found = self._halved(part) or found
            else:
                self._refuse(part, after.against)
        return found

    def _try(self, proposals: Sequence[Proposal]) -> State | Refusal:
        """Try proposals beside those that are accepted; where they go together, they are accepted as well."""
        if self._left <= 0:
            return Refusal("reading")
        self._left -= 1
        both = sorted([*self.accepted, *proposals], key=lambda one: (one.start, one.end))
        after = self._trial.run(both)
        if isinstance(after, State):
            self.accepted = both
        return after

    def _refuse(self, proposals: Sequence[Proposal], against: Against) -> None:
        self.refused.update((id(one), against) for one in proposals)


def _rules_of(found: Sequence[Proposal], accepted: Sequence[Proposal]) -> list[str]:
    """The rules of the findings that are mended by the accepted proposals: theirs, and those within what is gone."""
    taken = {id(one) for one in accepted}
    gone = [one for one in accepted if one.kind == "lines"]  # in order, and apart from each other
    starts = [one.start for one in gone]
    rules = []
    for one in found:
        number = bisect_right(starts, one.start) - 1
        if id(one) in taken or (number >= 0 and one.end <= gone[number].end):
            rules.append(one.finding.rule)
    return rules
