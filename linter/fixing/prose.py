"""Whether a line of residue holds prose as well: such a line is not taken out."""

from __future__ import annotations

import re

from linter.analysis import ends_in_stop
from linter.source import PLACEHOLDER

_MOST_WORDS = 100  # of a line that is taken out: a longer one is a text whose line breaks were lost
_FIRST, _OTHER = 8, 5  # words of a sentence that tells something: the first one of a line, a further one
_SENTENCE_END = re.compile(rf"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W\d_a-z])|\s*{PLACEHOLDER}\s*")
# A sentence that begins within a line, where the end of the last one was lost: "a story The ferry was …"
_GLUED = re.compile(
    r"[a-z] (?:The|A|An|In|On|At|He|She|It|They|There|This|That|But|When|After|As|For|His|Her|Its|Their) [a-z]"
)
# What pages speak of, where they speak to their readers.
_SPEAKS = re.compile(
    r"\b(?:you|yours?|we|our|us|i|my|me|click|tap|sign|subscri\w+|unsubscribe|newsletters?|e-?mails?|inbox|privacy|terms|policy|"
    r"cookies?|recaptcha|advert\w*|ads?|share|follow|download|app|comments?|consent|agree|readers?|sponsor\w*|news|stories|headlines)\b",
    re.IGNORECASE,
)


def tells(line: str) -> bool:
    """Is there prose on a line beside its residue: a sentence that doesn't speak to readers?"""
    if len(line.split()) > _MOST_WORDS or _GLUED.search(line):
        return True
    first, *others = _SENTENCE_END.split(line)
    return _is_told(first, _FIRST) or any(_is_told(other, _OTHER) for other in others)


def _is_told(sentence: str, least: int) -> bool:
    return len(sentence.split()) >= least and ends_in_stop(sentence) and not _SPEAKS.search(sentence)
