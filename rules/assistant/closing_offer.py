"""AIR003: what a chat assistant says behind its answer: offers of other versions anywhere, wishes at the very end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import shipped_lexicon
from linter.model import Hit

# The patterns are compiled where an opener is found, which is hardly ever.
# What is offered or wished concerns the text itself: proof wherever it stands.
_VERSION = (
    r"\b(?:shorter|longer|briefer|more (?:formal|concise|detailed|casual|engaging|neutral|conversational|professional)|"
    r"different|another|revised|rewritten|alternative|simpler|second|expanded|summari[sz]ed|seo-optimi[sz]ed|polished|"
    r"social[- ]media) (?:\w+ )?(?:version|versions|tone|style|title|titles|headlines?|format|angle|rewrite|"
    r"variations?|summary|draft|length|article|text|caption|copy)\b"
    r"|\b(?:adjustments?|revisions?|modifications?|tweaks|further (?:assistance|help|refine\w+)|the tone|word count)\b"
    r"|\b(?:maintains?|keeps?|preserves?|retains?|improves?|captures?) (?:the |all |its )?(?:\w+ ){0,3}(?:original|"
    r"meaning|message|tone|readability|clarity|flow|structure|key (?:details|points|information))\b"
    r"|\bhope (?:this|that|the|you find this) (?:rewritten |revised |updated |paraphrased |new |expanded )?"
    r"(?:article|version|text|rewrite|summary|draft|content|response|answer)\b.{0,60}\b(?:helps?|meets?|useful|helpful|"
    r"expectations|needs|requirements|looking for)\b"
    r"|\b(?:versión|phiên bản|giọng văn|bài viết (?:ngắn|dài|khác)|versi (?:lain|yang|singkat|pendek)|versiyon|версию|"
    r"вариант текста|(?:andere|kürzere|längere) (?:version|fassung)|autre version|version plus|outra versão|"
    r"versão mais|versione più|el tono|le ton|den ton|o tom|il tono)\b"
)
_WORK = (  # only behind somebody who offers to do it, or asks the customer to
    r"\b(?:shorten|rewrite|rephrase|reword|paraphrase|expand|adapt|adjust|tailor|tweak|refine|revise|polish|summari[sz]e|"
    r"translate|simplify|reformat|optimi[sz]e|modify|customi[sz]e|personali[sz]e|edit|replace|proofread|make)\b"
    r" (?:it|this|that|the (?:article|text|tone|title|headline|content|draft|story|placeholders?|details|version|"
    r"language|piece)|any (?:part|section)|(?:for|to) (?:a|an|the|your|social|different|better|suit|fit)\b|further|"
    r"as needed|as necessary|them)"
    r"|\b(?:add|include|generate|create|write|provide|suggest) (?:me )?(?:more|a|an|some|another|additional|"
    r"alternative|the next|seo|different) (?:\w+ ){0,2}(?:details?|sections?|quotes?|keywords?|headlines?|titles?|"
    r"hashtags?|images?|meta|summary|versions?|paragraphs?|faqs?|conclusion|introduction|captions?|subheadings?|context)\b"
)
_SERVANT = (
    r"(?:would you like|do you want|shall i|should i|if you.{0,12}i can|i can also|let me know|just let me know|"
    r"please let me know|i(?:'d| would|'m| am|'ll be| will be) (?:be )?happy|happy to|feel free|please feel free|"
    r"remember to|don't forget to|make sure to)"
)
_NOTE = (
    r"(?:please )?note(?: that|:) (?:this|the (?:above|article|text|content|following)|i(?:'ve| have)) "
    r"(?:is a |is |has been |article (?:is a |is |has been )|version (?:is a |is |has been ))?"
    r"(?:entirely |completely |fully )?(?:rewritten|paraphrased|rephrased|fictional|fictitious|generated|hypothetical|"
    r"revised|kept|changed|removed|avoided)"
)
_INVITES = (  # what authors, cooks and shops say to readers
    r"\b(?:comments?|e-?mail|call|tweet|subscribe|newsletter|contact (?:us|me)|reach (?:me|us|out)|twitter|"
    r"facebook|below)\b"
)
_AFTER = re.compile(r"[\s\W_]*\Z")
_LEXICON = "assistant-phrases.txt"
_MOST, _LEAD = 400, 30  # code points of an offer, and before it in its sentence


@cache
def _openers() -> Any:
    """What finds the phrases that an offer or a wish begins with: as alternatives of a pattern they took 7 ms."""
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(list({e.phrase for e in shipped_lexicon(_LEXICON) if e.tag == "closing"}))


def _openings(folded: str) -> Iterator[int]:
    """Where an opener stands that is no part of a word and does not open a quotation."""
    reached = 0
    found = {(start, -end) for _, start, end in _openers().find_matches_as_indexes(folded, overlapping=True)}
    for start, minus_end in sorted(found):  # the longest of those that begin at one place is the first
        end = -minus_end
        if start < reached or _is_inner(folded[start - 1 : start], "\"'(") or _is_inner(folded[end : end + 1], ""):
            continue
        reached = end
        yield start


def _is_inner(beside: str, others: str) -> bool:
    """Is the character beside an opener a part of a word, or one of others that may not stand there?"""
    return beside.isalnum() or beside == "_" or (beside != "" and beside in others)


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the sentences, tagged `text` where they offer a version of the text."""
    folded, hits = analysis.folded, []
    for start in _openings(folded):
        sentence = analysis.sentence_at(start)
        end = min(sentence.end, start + _MOST)
        quote = folded.find('"', start, end)
        end = quote if quote >= 0 else end
        wording = folded[start:end]
        if re.search(_INVITES, wording):
            continue
        opens = start - sentence.start < _LEAD
        if opens and _is_about_text(wording):
            hits.append(Hit(start, end, ("text",)))
        elif opens and not folded[sentence.start : start].strip("*_-– "):
            hits.append(Hit(start, end, ("wish",)))
    last = len(folded)
    kept = []
    for hit in reversed(hits):  # a wish counts where only further wishes follow it
        is_last = _AFTER.match(folded, hit.end, last) is not None and analysis.line_at(hit.start).index > 0
        if "text" in hit.tags or (is_last and analysis.line_at(hit.start).zone == "tail"):
            kept.append(hit)
        if is_last:
            last = hit.start
    yield from reversed(kept)


def _is_about_text(wording: str) -> bool:
    """Does an offer or a wish concern the text itself?"""
    offered = re.match(_SERVANT, wording) and re.search(_WORK, wording)
    return bool(re.search(_VERSION, wording) or offered or re.match(_NOTE, wording))
