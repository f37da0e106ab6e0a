"""SEM013: numbers with the marks of another language: 23.000 people, 3,5 percent, 20 thous."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_DECIMALS = re.compile(r"\d{1,3},\d{1,2}")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,2}")
_COUNTED = frozenset(
    """people persons residents inhabitants homes houses households jobs posts workers employees soldiers troops euros
    euro dollars pounds pesos rubles roubles yuan students pupils members visitors tourists spectators fans votes voters
    passengers refugees migrants cases deaths families children women men copies seats rooms trees animals vehicles cars
    companies businesses schools patients fighters protesters demonstrators policemen firefighters volunteers customers
    subscribers users followers participants tickets units hectares acres tons tonnes inches kilometers kilometres
    barrels victims civilians citizens foreigners prisoners fires buildings apartments""".split()
)
_MEASURED = frozenset(
    """% percent per million billion thousand degrees km kilometers kilometres meters metres tons tonnes hectares euros
    miles kg kilograms liters litres times points °""".split()
)
_ABBREVIATIONS = frozenset(("thous", "mlrd", "mrd", "mio", "тыс", "млн"))
_NUMERAL = re.compile("0(?=.)")
_IP_GROUPS = 4


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield numbers in another language's style, unless that is the style of the whole text."""
    coded = analysis.coded
    tokens, codes = coded.tokens, coded.codes
    odd: list[tuple[int, int, str]] = []
    usual = 0
    for match in _NUMERAL.finditer(codes):
        index = match.start()
        token = tokens[index - 1]
        following = tokens[index] if index < len(tokens) else ""
        if following in _ABBREVIATIONS:
            odd.append((index, index + 2, "abbreviation"))
        elif len(token) < 3 or token.isdigit():
            continue
        elif _THOUSANDS.fullmatch(token) and _is_thousands(token, following, tokens[index - 2] if index > 1 else ""):
            odd.append((index, index + 1, "thousands"))
        elif _DECIMALS.fullmatch(token) and following.lower() in _MEASURED:
            odd.append((index, index + 1, "decimals"))
        elif _ENGLISH.fullmatch(token):
            usual += 1
    if len(odd) >= options["style"] and not usual:
        return
    for index, end, tag in odd:
        span = coded.span(index, end)
        yield Hit(span.start, span.end, (tag,))


def _is_thousands(token: str, following: str, before: str) -> bool:
    groups = token.count(".") + 1
    if groups >= _IP_GROUPS or before.lower() in ("version", "v", "ip", "address", "."):
        return False
    return groups > 2 or following.lower() in _COUNTED or (token.endswith(".000") and following.isalpha())
