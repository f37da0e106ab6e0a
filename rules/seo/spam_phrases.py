"""SEO002: phrases of smuggled advertising, where two different ones stand or one line is an advertisement whole."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import re2

from linter.analysis import Analysis
from linter.gate import gate_of
from linter.lexicon import shipped_lexicon
from linter.model import Hit, Span

_ARROW, _LINE_MOST = re.compile(r"(?:>>+|»+|→|➤|➜|👈)(?!\w)"), 26
_ABOUT = 4  # words of the topic outside the sentences with phrases
_MONEY = r"(?:[$£€₹]\s?\d[\d,.]*|cash|money|loans?|credit|funds|a loan)"
_GAMES = r"(?:casinos?|betting|slots?|poker|sportsbooks?|bookmakers?|gambling|bingo)"
# One sentence that is an advertisement as a whole: an offer and what it asks of the reader.
_ADVERTS = (
    r"\d{2,4} ?% (?:\w+ ){0,2}(?:welcome|deposit|sign[- ]?up|match|first[- ]deposit) bonus",
    r"(?:welcome|sign[- ]?up|deposit|registration) bonus\b[^.\n]{0,60}\b"
    r"(?:new (?:players|members|customers|users)|register|sign up|join|claim|play)\b",
    r"(?:free spins?|free bets?|no deposit bonus)\b[^.\n]{0,50}\b"
    r"(?:register|sign up|join|claim|play|deposit) (?:now|today|here|your)",
    r"(?:register|sign up|join|play|bet|deposit) (?:now|today|here)\b[^.\n]{0,50}\b"
    r"(?:bonus|free spins|free bets?|jackpot)",
    r"bet [$£€]\d+,? (?:and )?get [$£€]\d+",
    rf"(?:best|top(?: \d+)?|new) (?:\w+ ){{0,2}}(?:{_GAMES}|loans?|payday|forex|crypto trading|dating|escort) "
    r"(?:apps?|sites?|casinos?|platforms?|brokers?|websites?)(?: \w+){0,3} 20[12]\d",
    rf"(?:get|borrow|apply for|need|receive|claim)\b[^.\n]{{0,40}}(?<!\w){_MONEY}[^.\n]{{0,60}}\b(?:"
    r"no credit checks?|bad credit (?:ok|welcome|accepted)|instant(?:ly)? approv\w+|guaranteed approval"
    r"|(?:in|within)(?: just| under)? \d+ (?:minutes?|mins?|seconds?|hours?)(?=[^\w.]*(?:[,!»>]|no |$)))",
    r"(?:instant|fast|quick|same[- ]day|online|payday) (?:cash |personal )?loans?\b[^.\n]{0,50}\b"
    r"(?:no credit check|apply (?:now|today|here|online)|bad credit|guaranteed|approved in)",
    r"(?:open|create|start) (?:a|an|your) (?:free |demo |live |real |trading |forex |crypto ){1,3}account\b"
    r"[^.\n]{0,40}(?:in \d+ (?:minutes?|seconds?)|today|now\b|>>|»|→|!)",
    r"(?:earn|make)(?: up to)? [$£€]\d[\d,.]*k?\+? (?:a|per|every|each) (?:day|week|month|hour)\b[^.\n]{0,40}\b"
    r"(?:from home|online|without|guaranteed|click|no experience)",
    r"buy (?:cheap |generic |real )?(?:viagra|cialis|levitra|kamagra|xanax|tramadol|valium|adderall|oxycodone"
    r"|ozempic)\b[^.\n]{0,40}\b(?:online|without|no prescription|overnight|cheap)",
    r"(?:daftar|đăng ký|đăng kí|üye ol|регистрируйся|regístrate|cadastre-se)\b[^.\n]{0,50}"
    r"(?:bonus|khuyến mãi|nhận ngay|бонус|bono|bônus)|tải app\b[^.\n]{0,30}\b(?:nhận|thưởng|miễn phí)",
)


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the phrases, or the sentence that is an advertisement; tagged by what is advertised."""
    folded = analysis.folded
    adverts = [_whole(analysis, *span) for span in _adverts(folded) if not analysis.is_quoted(*span)]
    found: dict[str, list[Span]] = defaultdict(list)
    phrases, sections, _ = _phrases()
    for number, start, end in phrases.find_matches_as_indexes(folded):
        inside = (start and folded[start - 1].isalnum()) or (end < len(folded) and folded[end].isalnum())
        if not inside and not analysis.is_quoted(start, end):
            found[sections[number]].append(Span(start, end))
    spans = [span for section in found.values() for span in section]
    if adverts and _is_topic(analysis, "", [*spans, *adverts]):
        adverts = []
    hits = [Hit(*span, ("advert",)) for span in dict.fromkeys(adverts)]
    kept = {s: p for s, p in found.items() if not _is_topic(analysis, s, [*spans, *adverts])}
    wordings = {folded[span.start : span.end] for section in kept.values() for span in section}
    if len({wording.rstrip("s") for wording in wordings}) >= 2:
        for section, places in kept.items():
            free = [p for p in places if not any(a.start <= p.start < a.end for a in adverts)]
            lines = Counter(analysis.line_at(p.start).index for p in free)
            spans = [_whole(analysis, *p) if lines[analysis.line_at(p.start).index] > 1 else p for p in free]
            hits += (Hit(*p, (section,)) for p in dict.fromkeys(spans))
    yield from sorted(hits, key=lambda hit: hit.start)


def _adverts(folded: str) -> Iterator[tuple[int, int]]:
    for number in _gates().Match(folded.encode("utf-8", "surrogatepass")) or ():
        yield from (match.span() for match in re.finditer(_ADVERTS[number], folded))


@cache
def _gates() -> Any:
    """RE2 patterns that match wherever those of the advertisements do, all in one pass."""
    gates = re2.Set.SearchSet()
    for pattern in _ADVERTS:
        gates.Add(gate_of(pattern))
    gates.Compile()
    return gates


def _whole(analysis: Analysis, start: int, end: int) -> Span:
    """The line that holds an advertisement if it is a short one, else the sentence up to its arrow."""
    line = analysis.line_at(start)
    if len(analysis.line_words(line)) <= _LINE_MOST:
        return Span(line.start, line.end)
    sentence = analysis.sentence_at(start)
    arrow = _ARROW.search(analysis.text, end, max(sentence.end, end))
    return Span(sentence.start, arrow.end() if arrow else max(sentence.end, end))


def _is_topic(analysis: Analysis, section: str, spans: list[Span]) -> bool:
    """Does the title, or the text outside the sentences with the phrases, speak of it? No section: of any of them."""
    topics = _phrases()[2]
    stems = topics[section] if section else topics["betting"] + topics["loans"] + topics["trading"]
    words = re.findall(r"[^\W\d_]+", (analysis.headline or "").lower())
    if any(word.startswith(stems) for word in words) and not any(s.start < len(analysis.headline or "") for s in spans):
        return True
    sentences = {analysis.sentence_at(span.start) for span in spans}
    inside = sum(_count(analysis.folded[s.start : s.end], stems) for s in sentences)
    return _count(analysis.folded, stems) - inside >= (_ABOUT if section else 2 * _ABOUT)


def _count(text: str, stems: tuple[str, ...]) -> int:
    return sum(word.lstrip("\"'([").startswith(stems) for word in text.split())


@cache
def _phrases() -> tuple[Any, list[str], dict[str, tuple[str, ...]]]:
    """What finds the phrases, their sections, and by section how words of an article about the thing begin."""
    import ahocorasick_rs

    entries = shipped_lexicon("spam-phrases.txt")
    sections = {e.phrase: e.tag for e in entries if e.tag and not e.tag.startswith("topic ")}
    longest = ahocorasick_rs.MatchKind.LeftmostLongest
    automaton = ahocorasick_rs.AhoCorasick(list(sections), matchkind=longest)
    topics = {s: tuple(e.phrase for e in entries if e.tag == f"topic {s}") for s in set(sections.values())}
    return automaton, list(sections.values()), topics
