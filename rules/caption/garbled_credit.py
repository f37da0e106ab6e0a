"""CAP010: picture credits with their agency or their label in words that no newsroom uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import re2

from linter.analysis import Analysis
from linter.lexicon import shipped_lexicon
from linter.model import Hit

_PERSON = r"(?<![\w'.-])[A-Z][\w'.-]{1,30}(?: (?:[a-z]{2,3} )?[A-Z][\w'.-]{1,30}){1,3}"
_AGENCY = (
    r"(?:AP|AFP|EPA|PA|Reuters|Getty(?: Images| Photographs| Pictures)?|Shutterstock|Alamy|dpa|UPI|Xinhua|ANI|PTI)\b"
)
_LABEL = r"(?:Photo|Photograph|Picture|Image|Pic|Photos|Pictures|Images|Figure)"
_OWN, _FILES = "Picture|Photograph|Pic|Snapshot", "Document|Record|Report|Folder|Register|Dossier"
_PICTURE = "(?:photo|picture|photograph|image)"
_BLANK = r"\[(?:[Nn]ame of (?:the )?[Pp]hotographer|[Pp]hotographer(?:'s)? [Nn]ame|[Cc]redit [Nn]ame)\]"
_OPEN, _END = r"(?:(?<=[\n(\[|])|(?<=\n[^\w\n] )|(?<=[.!?)] ))", r"(?=[ \t]*(?:[)\]|\n]|\.(?:\s|$)))"


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the credits, of those that overlap the first; what the garbled part stands for is suggested."""
    text = f"\n{analysis.plain}\n"
    found = (m for start, end in _cued_lines(text) for form in _forms() for m in form.finditer(text, start, end))
    reached = 0
    for match in sorted(found, key=lambda m: (m.start("span"), -m.end())):
        start, end = match.span("span")
        if start < reached:
            continue
        reached = end
        part = match.groupdict().get("garbled")
        yield Hit(start - 1, end - 1, suggestion=_meaning(match["span"], part) if part else None)


def _cued_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines that hold what every form has something of, each with its line break: few do, and forms are slow."""
    reached = 0
    for cue in _cue().finditer(text):
        if cue.start() >= reached:
            start, reached = text.rfind("\n", 0, cue.start()) + 1, text.find("\n", cue.end()) + 1
            yield start, reached


def _meaning(credit: str, part: str) -> str | None:
    meaning = _meanings().get(part) or _meanings().get(part.lower())
    return credit.replace(part, meaning, 1) if meaning else None


@cache
def _meanings() -> dict[str, str]:
    return {entry.phrase: entry.meaning for entry in shipped_lexicon("garbled-credits.txt") if entry.meaning}


def _any(*sections: str) -> str:
    found = [entry.phrase for entry in shipped_lexicon("garbled-credits.txt") if entry.tag in sections]
    return "|".join(map(re.escape, sorted(found, key=len, reverse=True)))


@cache
def _cue() -> Any:
    agency, slash, label, via, courtesy = map(_any, ("agency", "slash", "label", "via", "courtesy"))
    return re2.compile(
        rf"{agency}|/ ?(?:[A-Z][^ /\n]+ )*(?:{slash})|(?:{label}) ?:|(?:{via}) {_AGENCY}|{_LABEL}:? (?:{courtesy})|"
        rf"A(?:F)?P (?:{_OWN})|[Cc]redit score|Loan ?:|Photographed ?:|{_LABEL} of |[Hh]andout ?/|"
        rf"Illustration {_PICTURE} by|(?:{_FILES}) {_PICTURE}|{_BLANK}"
    )


@cache
def _forms() -> list[re.Pattern[str]]:
    agency, slash, label, via, courtesy = map(_any, ("agency", "slash", "label", "via", "courtesy"))
    by_name = rf"(?: ?/ ?{_PERSON}|(?: ?/ ?[A-Z][\w.&-]+){{1,2}})"
    rest, name = r"[A-Z][\w'./ -]{1,60}?", r"[A-Z][\w'. &-]{1,40}"
    picture = rf"(?P<garbled>AP (?:{_OWN})|AFP (?:Picture|Photograph))"
    file = rf"(?:{_FILES}) {_PICTURE}"
    score = r"(?P<garbled>(?:Picture|Photo|Photograph|Photos|Image) [Cc]redit score)"
    pool = rf"(?:{_PERSON}(?: ?/ ?{_AGENCY})?|{_AGENCY}|[Pp]ool|Handout)"
    wordings = [
        # Ana Ruiz/Getty Snapshots; Photo: Related Press; Related Press/Ana Ruiz; (Related Press)
        rf"(?P<span>(?:{_PERSON} ?/ ?|{_LABEL} ?(?::|by|via|©) ?(?:{name}? ?/ ?)?)(?P<garbled>{agency}){by_name}?)\b",
        rf"(?P<span>\b(?P<garbled>{agency}) ?/ ?{_PERSON})",
        rf"{_OPEN}(?P<span>(?P<garbled>{agency})){_END}",
        # Ana Ruiz/Pennsylvania; EPA/Folder; AFP Picture/Ana Ruiz; (AFP Picture)
        rf"(?P<span>\b(?:{_PERSON}|{_AGENCY}) ?/ ?(?:[A-Z][\w'.-]+ ){{0,2}}(?P<garbled>{slash})){_END}",
        rf"(?P<span>\b{picture} ?/ ?{_PERSON})",
        rf"(?<=[(\[])(?P<span>{picture})(?=[)\],])",
        # Image Credit score: Lake Police; Photographed: Ana Ruiz; Figure: Ana Ruiz/Lake Press
        rf"(?P<span>\b{score}s? ?: ?{rest})(?=[ \t]*(?:[)\]|\n]|\. |, ))",
        rf"{_OPEN}(?P<span>(?P<garbled>Credit score|Loan) ?: ?{name}? ?(?:/|[Hh]andout|Images)[\w'. -]{{0,40}}){_END}",
        rf"{_OPEN}(?P<span>(?P<garbled>{label}) ?: ?{_PERSON} ?/ ?{name}){_END}",
        rf"{_OPEN}(?P<span>(?P<garbled>Photographed) ?: ?{rest}){_END}",
        # Photo of Ana Ruiz/Lake Press; Picture Handout/Lake Police; Illustration photo by; [Credit Name]
        rf"{_OPEN}(?P<span>{_LABEL} of {_PERSON}(?:, [A-Z][\w'-]+)? ?/ ?{name}){_END}",
        rf"(?P<span>\b(?:Photo|Photograph|Picture|Image) [Hh]andout ?/ ?{name}){_END}",
        rf"{_OPEN}(?P<span>Illustration {_PICTURE} by {rest}){_END}",
        rf"{_OPEN}(?P<span>{file}(?: ?(?:by|:|/) ?{rest})?){_END}",
        rf"(?P<span>(?:{_LABEL} ?(?::|[Cc]redit:|by) ?)?{_BLANK}(?: ?/ ?[A-Z][\w.-]+)?)",
        # Ana Ruiz/AFP by means of Getty Images; Picture politeness of the museum
        rf"(?P<span>\b{pool} (?P<garbled>{via}) {_AGENCY}){_END}",
        rf"(?P<span>\b{_LABEL}:? (?P<garbled>{courtesy}) (?:the )?{name}){_END}",
    ]
    return [re.compile(wording) for wording in wordings]
