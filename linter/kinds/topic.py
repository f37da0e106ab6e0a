"""Kind `topic`: a cue at the start of a line, a foreign headline after it, and whether that belongs to the article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from linter.analysis import Analysis
from linter.kinds import Context, Found
from linter.matcher import Matcher
from linter.matcher import Params as MatcherParams
from linter.model import Hit
from linter.words import STOP_WORDS

_STRONG_GAP = re.compile(r"\s*[:|!»›>→➤▶►]+\s*|\s+[–—-]+\s+|\s{2,}")
_WORDING = re.compile(r"[^\W_]")
_GAP = re.compile(r"\s+")
_FINAL_STOP = re.compile(r"(?<!\b(?:Inc|Ltd))(?<!\bCo)(?<!\bCorp)[.;][\"'”’)\]]*$")


class Params(MatcherParams, frozen=True, kw_only=True):
    """The cue's patterns, and what counts as a headline after it."""

    least: int = 4  # words of the headline
    most: int = 30
    alone: float | None = None  # the weight of a cue with nothing behind it; None: no hit
    title_case: float = 0.6  # share of its content words with a capital, where no colon or wide gap sets it off


class TopicCheck:
    """Yields cue and headline, tagged off-topic or on-topic."""

    phrases = ()

    def __init__(self, params: Params, context: Context) -> None:
        self._params = params
        self._matcher = Matcher(params, context)
        self.gates = self._matcher.gates

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield a hit per line that is cue and headline."""
        for line, spec, match, base in self._matcher.matches(analysis, found):
            after = base + match.end()
            if self._params.alone is not None and not _WORDING.search(analysis.text, after, line.end):
                yield Hit(line.start, line.end, (spec.tag,) if spec.tag else (), self._params.alone)
                continue
            gap = _STRONG_GAP.match(analysis.plain, after, line.end)
            strong = bool(gap)
            gap = gap or _GAP.match(analysis.plain, after, line.end)
            start = gap.end() if gap else after
            if not gap or not self._is_headline(analysis.plain[start : line.end], strong):
                continue
            topic = "on-topic" if analysis.shares_topic(start, line.end) else "off-topic"
            tags = (topic, spec.tag) if spec.tag else (topic,)
            yield Hit(line.start, line.end, tags, spec.weight, values={"headline": analysis.text[start : line.end]})

    def _is_headline(self, text: str, strong: bool) -> bool:
        words = text.split()
        if not self._params.least <= len(words) <= self._params.most or _FINAL_STOP.search(text):
            return False
        bare = [word.strip("\"'“”‘’(),:") for word in words]
        content = [word for word in bare if word[:1].isalnum() and word.lower() not in STOP_WORDS]
        capital = sum(word[0].isupper() or word[0].isdigit() for word in content)
        if strong:
            return text[:1].isupper() or text[:1].isdigit() or text[:1] in "\"'“‘" or capital > 0
        return bool(content) and capital >= self._params.title_case * len(content) and text[:1].isupper()


def build(params: Params, context: Context) -> TopicCheck:
    """Compile the cue's patterns, which match at the start of a line. Raises ParameterError."""
    return TopicCheck(params if params.at else replace(params, at="start"), context)
