"""A pronoun of the other sex than the only person that it can stand for (GRM021)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Any, Literal

from linter.analysis import Analysis
from linter.codedtext import QUOTED, CodedText
from linter.lexicon import shipped_lexicon
from linter.model import Hit
from linter.wordcodes import TOKEN, word_codes

Sex = Literal["m", "f", "?"]
_PRONOUNS: dict[str, Sex] = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_SUBJECTS: dict[Sex, frozenset[str]] = {"m": frozenset(("he", "He")), "f": frozenset(("she", "She"))}
_TITLES: dict[str, Sex] = {
    "Mr": "m", "Sir": "m", "Lord": "m", "King": "m", "Prince": "m", "Mrs": "f", "Ms": "f", "Miss": "f", "Lady": "f",
    "Queen": "f", "Princess": "f", "Dame": "f",
}  # fmt: skip
_MALE = """man boy father brother son husband grandfather uncle nephew grandson gentleman boyfriend spokesman chairman
businessman policeman fireman cameraman congressman king prince duke lord monk priest bishop pope imam widower
bridegroom groom fisherman salesman gunman dad grandad mr"""
_FEMALE = """woman girl mother sister daughter wife grandmother aunt niece granddaughter lady girlfriend spokeswoman
chairwoman businesswoman policewoman congresswoman queen princess duchess actress nun widow bride waitress stewardess
hostess heroine mum mom grandma mrs ms"""
_KIN: dict[str, Sex] = {**dict.fromkeys(_MALE.split(), "m"), **dict.fromkeys(_FEMALE.split(), "f")}
_PEOPLE = frozenset(
    """officer suspect victim neighbour neighbor official resident doctor president minister driver coach captain player
    manager analyst lawyer attorney prosecutor judge witness passenger student teacher worker farmer owner director
    commissioner mayor governor senator leader chief commander soldier general patient nurse scientist researcher
    professor economist expert engineer author writer singer artist actor star reporter journalist editor candidate
    voter user customer client employee boss founder partner friend colleague relative cousin child baby teenager youth
    pensioner person someone somebody anyone everyone nobody whoever defendant inmate prisoner killer thief attacker
    shooter pilot firefighter paramedic striker goalkeeper midfielder defender champion rival opponent deputy secretary
    ambassador envoy diplomat spokesperson representative member lawmaker legislator parent infant cleric pastor chef
    model producer developer designer dog cat horse guest survivor migrant refugee source user caller tenant landlord
    clerk guard sergeant inspector detective sheriff who""".split()
)
_SAYING = frozenset(
    """said says told tells added adds explained recalled continued insisted argued warned wrote admitted replied
    declared stated joked""".split()
)
_PLACES = frozenset(("in", "at", "from", "near", "across", "outside", "around", "to"))
_SENTENCES, _PARAGRAPHS, _AHEAD = 2, 1, 12  # ends of sentences and lines looked back over, tokens looked ahead
_RECURS = 3  # times
_PRONOUNS_ENOUGH = 2  # of the other sex, where the name stands further off
_TITLED = frozenset(_TITLES)
_WORDS: dict[str, Sex] = {**_PRONOUNS, **_KIN, **dict.fromkeys(_PEOPLE, "?")}


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield such pronouns; tagged `alone` where the article has named nobody of the pronoun's sex so far."""
    coded, codes = analysis.coded, word_codes()
    subjects = [sex for sex, forms in _SUBJECTS.items() if codes[min(forms)] in coded.codes]
    named = frozenset().union(*map(_sexes, analysis.name_runs)) if subjects else frozenset()
    named |= {sex for title, sex in _TITLES.items() if subjects and title in analysis.plain}
    wanted = [sex for sex in subjects if named - {sex}]
    if not wanted:
        return
    present = coded.vocabulary
    people = _People(coded, present & _given())
    for sex in wanted:
        for form in _SUBJECTS[sex] & present:
            for at in _places(coded.tokens, form):
                if _is_subject(coded, at) and (clash := people.clash(at, sex)) is not None:
                    yield Hit(*coded.span(at + 1, at + 2), ("alone",) if clash else ())


@cache
def _names() -> dict[str, Sex]:
    sexes: dict[str | None, Sex] = {"male": "m", "female": "f"}
    return {entry.phrase: sexes[entry.tag] for entry in shipped_lexicon("given-names.txt")}


@cache
def _given() -> frozenset[str]:
    return frozenset(_names())  # sets are intersected by the smaller one


@lru_cache(maxsize=50_000)  # the same names stand in many articles
def _sexes(run: str) -> frozenset[Sex]:
    """The sexes of the given names in a run of capitalised words."""
    return frozenset(_names()[word] for word in TOKEN.findall(run) if word in _names())


def _places(tokens: list[str], token: str) -> Iterator[int]:
    """Where a token stands."""
    at = -1
    for _ in range(tokens.count(token)):
        at = tokens.index(token, at + 1)
        yield at


def _is_subject(coded: CodedText, at: int) -> bool:
    """Does the pronoun begin a sentence, or say what was quoted before it, or stand behind "said" (that)?"""
    tokens = coded.tokens
    if coded.unquoted[at + 1] == QUOTED:
        return False
    before = tokens[at - 1] if at else "\n"
    if before == '"':
        return at + 1 < len(tokens) and tokens[at + 1] in _SAYING
    if before in (".", "!", "?", "\n"):
        return True
    return before in _SAYING or (before == "that" and at > 1 and tokens[at - 2] in _SAYING)


class _People:
    """Who is spoken of in an article; what stands within quotation marks is somebody else's world and left out."""

    def __init__(self, coded: CodedText, given: frozenset[str]) -> None:
        self._coded, self._tokens = coded, coded.tokens
        self._given = given
        self._surnames: dict[str, Sex] = {}
        self._named: list[tuple[int, Sex]] = []  # where somebody is named in full
        for token in (*given, *(self._coded.vocabulary & _TITLED)):
            for at in _places(self._tokens, token):
                self._learn(at)

    def _learn(self, at: int) -> None:
        run = self._run(at)
        sex = _TITLES.get(run[0]) or (_names().get(run[0]) if len(run) > 1 else None)
        if sex is None or self._coded.unquoted[at + 1] == QUOTED:
            return
        self._named.append((at, sex))
        last = _bare(run[-1])
        self._surnames[last] = "?" if self._surnames.get(last, sex) != sex else sex  # two people of that name
        self._surnames.setdefault(_bare(run[0]), sex)

    def _run(self, at: int) -> list[str]:
        """The capitalised words from a token on; the full stop behind a title is passed over."""
        run: list[str] = []
        while at < len(self._tokens):
            token = self._tokens[at]
            if token[0].isupper():
                run.append(token)
            elif token != "." or not run or run[-1] not in _TITLES:
                break
            at += 1
        return run

    def clash(self, at: int, sex: Sex) -> bool | None:
        """None if the pronoun has somebody to stand for, else whether nobody of its sex was named before."""
        named = spoken_of = 0
        for kind, other in self._before(at):
            if other in (sex, "?"):
                return None
            named += kind == "name"
            spoken_of += kind == "pronoun"
        if not (named or spoken_of >= _PRONOUNS_ENOUGH) or self._follows(at, sex):
            return None
        alone = not self._names_before(at, sex)
        return alone if named else (True if alone and any(place < at for place, _ in self._named) else None)

    def _before(self, at: int) -> Iterator[tuple[str, Sex]]:
        """(what it is, sex) of whoever is spoken of in the sentences before a token, the nearest first."""
        tokens, unquoted = self._tokens, self._coded.unquoted
        sentences = paragraphs = 0
        while at > 0:
            at -= 1
            token = tokens[at]
            if token == "\n" or (token in (".", "!", "?") and unquoted[at + 1] != QUOTED):
                sentences, paragraphs = sentences + 1, paragraphs + (token == "\n")
                if sentences > _SENTENCES or paragraphs > _PARAGRAPHS:
                    return
            elif unquoted[at + 1] == QUOTED:
                continue
            elif token[0].isupper() and token.lower() not in _PRONOUNS:
                end = at
                while at > 0 and (tokens[at - 1][0].isupper() or (tokens[at - 1] == "." and tokens[at - 2] in _TITLES)):
                    at -= 1
                yield from self._of_run(at, end)
            else:
                yield from self._of_word(at)

    def _of_word(self, at: int) -> Iterator[tuple[str, Sex]]:
        word = self._tokens[at].lower().removesuffix("'s")
        sex = _WORDS.get(word)
        if sex is not None and not (sex == "?" and self._names_somebody(at)):
            yield ("pronoun" if word in _PRONOUNS else "word"), sex

    def _of_run(self, start: int, end: int) -> Iterator[tuple[str, Sex]]:
        words = [_bare(token) for token in self._tokens[start : end + 1] if token != "."]
        for place, word in enumerate(words):
            sex = _TITLES.get(word) or (_names().get(word) if place + 1 < len(words) else None)
            if sex is not None:
                yield "name", sex
                return
        if (sex := self._surnames.get(words[-1])) is not None:
            yield "name", sex
        elif self._is_person(start, end) or not self._unknown.isdisjoint(words):
            yield "word", "?"

    def _follows(self, at: int, sex: Sex) -> bool:
        """Does somebody that the pronoun may stand for come right behind it?"""
        for place in range(at + 1, min(at + _AHEAD, len(self._tokens))):
            token = self._tokens[place]
            if token[0].isupper() and token.lower() not in _PRONOUNS:
                found = self._of_run(place, place + len(self._run(place)) - 1)
            elif token.lower() in _PRONOUNS:
                continue
            else:
                found = self._of_word(place)
            if any(other in (sex, "?") for _, other in found):
                return True
        return False

    def _names_before(self, at: int, sex: Sex) -> bool:
        """Was anybody of a sex named or spoken of before a token, be it far off?"""
        if any(place < at and other in (sex, "?") for place, other in self._named):
            return True
        return any(
            token.lower() in _KIN and _KIN[token.lower()] == sex and self._tokens.index(token) < at
            for token in self._coded.vocabulary
        )

    @cached_property
    def _unknown(self) -> frozenset[str]:
        """Words with a capital that recur, and may be people with no more than a surname; names of places are not."""
        tokens, table = self._tokens, word_codes()
        inside = Counter(after for before, after in pairwise(tokens) if before in _PLACES and after[0].isupper())
        counts = Counter(_bare(token) for token in tokens if token[0].isupper() and token not in self._given)
        return frozenset(
            word for word, count in counts.items()
            if count >= _RECURS and inside[word] * 3 < count and word.lower() not in table
        )  # fmt: skip

    def _is_person(self, start: int, end: int) -> bool:
        """Is a run of words that are no known name a person, by what it does or by what stands beside it?"""
        tokens = self._tokens
        before = tokens[start - 1].lower() if start else ""
        after = tokens[end + 1].lower() if end + 1 < len(tokens) else ""
        if after in _SAYING or before in _SAYING:
            return True
        if before in _PLACES:
            return False
        if after == "who" or before in _PEOPLE:
            return True
        following = tokens[end + 2] if after == "," and end + 2 < len(tokens) else ""
        return following.isdigit() or following in ("who", "a", "an", "the", "his", "her")

    def _names_somebody(self, at: int) -> bool:
        """Does a word for a person belong to a name: "Grace Mollel, the minister", "coach Ann Hill"?"""
        tokens = self._tokens
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        if following in self._given or following in self._surnames:
            return True
        commas = [place for place in range(max(at - 6, 1), at) if tokens[place] == ","]
        return bool(commas) and _bare(tokens[commas[-1] - 1]) in self._surnames


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("'")
