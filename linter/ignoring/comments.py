"""Comments in a Markdown or HTML source that silence what stands there.

Every one is tried out: the file with it is read and linted again.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence, Set
from importlib import import_module
from itertools import accumulate

from msgspec import Struct

from linter.api import Linter
from linter.config import Config
from linter.decision import alarms, failing
from linter.edits import Edit, applied
from linter.ignoring.places import Commenting, probe, probing, written
from linter.ignoring.sameness import Sameness
from linter.ignoring.standing import CannotIgnoreError, Known
from linter.model import Article, Finding, Verdict
from linter.readers import ReadOptions
from linter.source import LineIndex
from linter.textfile import TextFile

_ROUNDS = 24  # what silences one finding may bring up another one that was merged into it
_MOST_LINES = 40  # of one file with comments of one rule; then it is silenced in the file


class Commented(Struct, frozen=True):
    """What comments make of a file: the edits, its new content, how many comments name each rule, the verdict on it."""

    file: TextFile
    edits: list[Edit]
    data: bytes
    rules: Counter[str]
    verdict: Verdict


def commented(
    data: bytes, article: Article, verdict: Verdict, config: Config, linter: Linter, options: ReadOptions
) -> Commented:
    """The comments that silence the alarms of a file, whose bytes are `data`.

    Raises TextFileError where the file can't be written back, CannotIgnoreError where no comment does it.
    """
    return _Comments(TextFile.of(data, article), article, verdict, config, linter, options).found()


class _Plan:
    """Which rules are to be silenced on which lines, and which in the whole file."""

    def __init__(self) -> None:
        self.lines: dict[int, dict[str, None]] = {}
        self.file: dict[str, None] = {}

    def on_line(self, line: int, rule: str) -> None:
        if rule not in self.file:
            self.lines.setdefault(line, {})[rule] = None
            if sum(rule in rules for rules in self.lines.values()) > _MOST_LINES:
                self.in_file(rule)

    def in_file(self, rule: str) -> None:
        self.file[rule] = None
        for line in list(self.lines):
            self.off_line(line, rule)

    def off_line(self, line: int, rule: str) -> None:
        if line in self.lines:
            self.lines[line].pop(rule, None)
            if not self.lines[line]:
                del self.lines[line]

    def counted(self) -> Counter[str]:
        return Counter([rule for rules in self.lines.values() for rule in rules] + list(self.file))


class _Comments:
    def __init__(
        self,
        file: TextFile,
        article: Article,
        verdict: Verdict,
        config: Config,
        linter: Linter,
        options: ReadOptions,
    ) -> None:
        self._file, self._article, self._verdict = file, article, verdict
        self._config, self._linter, self._options = config, linter, options
        self._known, self._sameness = Known(verdict), Sameness(article)
        self._commenting = Commenting(article)
        self._index = LineIndex(article.source)
        self._places: dict[int, Edit | None] = {}  # where the comment of a line is put; None: nowhere
        self._file_place: Edit | None = None
        self._unused: set[tuple[int, str]] = set()  # of what was planned last: lines and rules

    def found(self) -> Commented:
        made = self._settled(_Plan())
        if self._is_stray(made):
            plan = _Plan()
            for finding in failing(self._verdict, self._config):
                plan.in_file(finding.rule)
            made = self._settled(plan)
        return made

    def _settled(self, plan: _Plan) -> Commented:
        """Comments under which nothing is raised any more, each of use. Raises CannotIgnoreError."""
        made = Commented(self._file, [], self._file.encoded(self._file.source), Counter(), self._verdict)
        settled: Commented | None = None
        useless: set[tuple[int, str]] = set()
        for number in range(_ROUNDS):
            left = failing(made.verdict, self._config)
            if left and settled is not None and not self._can_extend(plan, left):
                break
            if left:
                self._extend(plan, left, made.edits, useless, whole_file=number >= _ROUNDS / 2)
            else:
                settled = made
                if not self._unused:
                    break
                for line, rule in self._unused:
                    plan.off_line(line, rule)
            made = self._made(plan)
            useless |= self._unused
        if settled is None:
            raise CannotIgnoreError("more and more comes up; left as it is")
        return settled

    def _extend(
        self,
        plan: _Plan,
        left: Sequence[Finding],
        edits: Sequence[Edit],
        useless: Set[tuple[int, str]],
        *,
        whole_file: bool,
    ) -> None:
        """Plan the silencing of what is left, line by line or in the whole file. Raises CannotIgnoreError."""
        if not self._can_extend(plan, left):
            rules = ", ".join(sorted({finding.rule for finding in left}))
            raise CannotIgnoreError(f"{rules} can't be silenced by a comment; left as it is")
        before = {(line, rule) for line, rules in plan.lines.items() for rule in rules}
        for finding in left:
            lines = [] if whole_file else self._lines_for(finding, edits, useless, before)
            for line in lines:
                plan.on_line(line, finding.rule)
            if not lines:
                plan.in_file(finding.rule)

    def _can_extend(self, plan: _Plan, left: Sequence[Finding]) -> bool:
        """Is none of what is left silenced in the whole file already?"""
        return not any(finding.rule in plan.file for finding in left)

    def _lines_for(
        self, finding: Finding, edits: Sequence[Edit], useless: Set[tuple[int, str]], before: Set[tuple[int, str]]
    ) -> list[int]:
        """The lines on which a comment may silence a finding; none for what is on no line of the text.

        The first one, or all of them where comments for the rule stand there already: the hit is further down.
        """
        rule = finding.rule
        if finding.field != "text" or finding.end <= finding.start:
            return []
        within = self._lines_of(finding, edits)
        lines = [n for n in within if (n, rule) not in useless | before and not self._commenting.is_blank(n)]
        return lines if any((n, rule) in before for n in within) else lines[:1]

    def _lines_of(self, finding: Finding, edits: Sequence[Edit]) -> range:
        """The lines of the first source on which a finding stands that was made over the edited one."""
        ends = (finding.start, max(finding.end - 1, finding.start))
        first, last = (self._index.position(_origin(edits, at))[0] for at in ends)
        return range(first, last + 1)

    def _made(self, plan: _Plan) -> Commented:
        """The file with the comments of a plan, linted again; a rule without a place on a line moves to the file."""
        self._place([line for line in plan.lines if line not in self._places])
        for line, rules in list(plan.lines.items()):
            if self._places[line] is None:
                for rule in list(rules):
                    plan.in_file(rule)
        edits = self._edits(plan)
        article = self._same(edits)
        if article is None:
            for rule in [rule for rules in plan.lines.values() for rule in rules]:
                plan.in_file(rule)
            edits = self._edits(plan)
            article = self._same(edits)
            if article is None:
                raise CannotIgnoreError("there is no place for a comment; left as it is")
        outcome = self._linter.run(article)
        verdict = outcome.verdict
        if verdict.error is not None:
            raise CannotIgnoreError(verdict.error)
        unused = {(one.line, one.rule) for one in outcome.unused}
        where = self._comment_lines(plan, edits)
        self._unused = {(n, rule) for n, rules in plan.lines.items() for rule in rules if (where[n], rule) in unused}
        self._known.mark(verdict.findings, lambda f: (f.rule, f.field, _origin(edits, f.start)))
        data = self._file.encoded(article.source)
        return Commented(self._file, edits, data, plan.counted(), verdict)

    def _comment_lines(self, plan: _Plan, edits: Sequence[Edit]) -> dict[int, int]:
        """On which lines of the edited source the comments of the planned lines stand."""
        index = LineIndex(applied(self._file.source, edits))
        starts = [edit.start for edit in edits]
        moved = list(accumulate((len(edit.new) for edit in edits), initial=0))
        found = {}
        for line in plan.lines:
            place = self._places[line]
            if place is not None:
                at = place.start + moved[bisect_left(starts, place.start)] + max(place.new.find("newslint-"), 0)
                found[line] = index.position(at)[0]
        return found

    def _edits(self, plan: _Plan) -> list[Edit]:
        edits = [written(place, rules) for line, rules in plan.lines.items() if (place := self._places[line])]
        if plan.file:
            edits.append(written(self._place_in_file(), plan.file))
        return sorted(edits, key=lambda edit: edit.start)  # at the end of the file a line's comment comes first

    def _place(self, lines: Sequence[int]) -> None:
        """Find the places of the comments of some lines: all at once, or else by halves."""
        candidates = {line: self._commenting.places_of(line) for line in lines}
        self._try(lines, candidates)

    def _try(self, lines: Sequence[int], candidates: dict[int, list[Edit]]) -> None:
        if len(lines) == 1 or not lines:
            for line in lines:
                self._places[line] = next((edit for edit in candidates[line] if self._is_neutral([edit])), None)
            return
        firsts = [candidates[line][0] for line in lines if candidates[line]]
        if len(firsts) == len(lines) and self._is_neutral(sorted(firsts)):
            self._places |= dict(zip(lines, firsts, strict=True))
            return
        half = len(lines) // 2
        self._try(lines[:half], candidates)
        self._try(lines[half:], candidates)

    def _place_in_file(self) -> Edit:
        if self._file_place is None:
            places = self._commenting.file_places()
            long = self._sameness.is_long
            self._file_place = next((edit for edit in places if long or self._is_neutral([edit])), None)
        if self._file_place is None:
            raise CannotIgnoreError("there is no place for a comment; left as it is")
        return self._file_place

    def _is_neutral(self, places: Sequence[Edit]) -> bool:
        """Do comments at these places change nothing of the article, and stand where its words do?

        Of HTML a parser says so; what our own reader says is asked once, for it may take a second for a page.
        """
        if self._sameness.is_long:
            return False
        edits = [written(edit, ["INJ001"]) for edit in places]
        if self._article.profile == "markdown":
            return self._same(edits) is not None and self._is_prose(places)
        return self._sameness.shown(applied(self._file.source, edits), _comments_in(edits))

    def _same(self, edits: Sequence[Edit]) -> Article | None:
        """The article with these edits, if it is the same to whoever reads it."""
        new = self._read(self._file.encoded(applied(self._file.source, edits)))
        return new if self._sameness.holds(new, _comments_in(edits)) else None

    def _is_prose(self, places: Sequence[Edit]) -> bool:
        """Would a word in the place of a comment be one of the text, and of no template, formula or script?"""
        probes = list(probing(places))
        text = self._read(self._file.encoded(applied(self._file.source, probes))).text
        wanted = [number for number, edit in enumerate(places) if "newslint-" in edit.new]
        return all(probe(number) in text for number in wanted)

    def _is_stray(self, made: Commented) -> bool:
        """Is there an alarm, of whatever level, that wasn't there before, nor within what is silenced now?"""
        before = {finding.fingerprint for finding in alarms(self._verdict)}
        before |= {finding.fingerprint for finding in self._verdict.findings if finding.known}
        silenced = [(f.start, f.end) for f in failing(self._verdict, self._config) if f.field == "text"]
        for finding in alarms(made.verdict):
            at = _origin(made.edits, finding.start)
            if finding.fingerprint not in before and not any(start <= at <= end for start, end in silenced):
                return True
        return False

    def _read(self, data: bytes) -> Article:
        """The article in these bytes, as the next run will read it."""
        article = self._article
        reader = import_module(f"linter.readers.{article.profile}")
        made: Article = next(iter(reader.read(io.BytesIO(data), article.path, self._options)))
        return made


def _comments_in(edits: Sequence[Edit]) -> int:
    """How many comments edits add; others add to one that is there."""
    return sum("newslint-" in edit.new for edit in edits)


def _origin(edits: Sequence[Edit], at: int) -> int:
    """Where in the first source an offset of the edited one is; edits only insert."""
    moved = 0
    for edit in edits:
        if edit.start + moved >= at:
            break
        moved += min(len(edit.new), at - edit.start - moved)
    return at - moved
