"""A pronoun of the other sex than the only person that it can stand for (GRM021)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache
from itertools import compress, count, pairwise
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
_OTHER: dict[Sex, Sex] = {"m": "f", "f": "m"}
# Before a word with a capital a pronoun with one is part of a name. The codes of such words don't tell their capitals.
_IN_TITLE_CASE = re.compile(r"(?:H(?:e|is|im(?:self)?|er(?:s|self)?)|She)[^\S\n]+[^\W\d_a-z]")
_STOPS = frozenset(".!?\n")
_RUN, _LOOKED_FOR = 32, 40  # code points looked back over for a name; names at most that are looked for


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield such pronouns; tagged `alone` where the article has named nobody of the pronoun's sex so far."""
    coded = analysis.coded
    wanted = _wanted(analysis)
    if not wanted:
        return
    backwards = coded.unquoted[::-1]
    anywhere = _IN_TITLE_CASE.search(analysis.plain) is not None
    left = []
    for sex in wanted:
        nearby = _Nearby(analysis, sex)
        for match in _subject(sex, anywhere).finditer(backwards):
            at = len(backwards) - 2 - match.start()
            if nearby.may_clash(at):
                left.append((at, sex))
    people = _People(coded) if left else None
    for at, sex in sorted(left) if people else ():
        if (clash := people.clash(at, sex)) is not None:
            yield Hit(*coded.span(at + 1, at + 2), ("alone",) if clash else ())


def _wanted(analysis: Analysis) -> list[Sex]:
    """The sexes of the pronouns that can clash: somebody of the other one has a given name or a title."""
    codes = analysis.coded.codes
    return [sex for sex, code in _subject_codes().items() if code in codes and _is_named(_OTHER[sex], analysis)]


@cache
def _subject_codes() -> dict[Sex, str]:
    return {"m": word_codes()["he"], "f": word_codes()["she"]}


def _is_named(sex: Sex, analysis: Analysis) -> bool:
    """Has anybody of a sex a given name with another name behind it, or a title?"""
    coded, plain = analysis.coded.codes, analysis.plain
    titles, possessive = _titles(sex)
    return (
        sex in frozenset().union(*map(_sexes, analysis.name_runs))
        or any(map(coded.__contains__, titles))
        or ("P" in coded and possessive.search(plain) is not None)
        or (sex == "m" and "Mr" in plain)  # which is in no dictionary
    )


@cache
def _titles(sex: Sex) -> tuple[list[str], re.Pattern[str]]:
    """The codes of the titles of a sex, and a pattern for their possessives, by the apostrophe, which is rare."""
    codes, titles = word_codes(), [title for title, other in _TITLES.items() if other == sex and title != "Mr"]
    behind = "|".join(f"(?<={title}')" for title in titles)
    return [codes[title] for title in titles], re.compile(f"'(?:{behind})s")


@cache
def _subject(sex: Sex, anywhere: bool) -> re.Pattern[str]:
    """A pronoun as a subject, in codes read backwards; unless `anywhere`, with nobody of its sex shortly before.

    That is in the sentences that `_People.clash` looks back over, or in fewer: a full stop may belong to a title.
    """
    codes = word_codes()
    behind = "".join(sorted(codes[word] for word in (*_SAYING, "that")))
    subject = f'{_subject_codes()[sex]}(?=[.!?\n"{behind}])'
    if anywhere:
        return re.compile(subject)
    same = {codes[word] for word, other in _WORDS.items() if other == sex and word in codes}
    rest, end = f"[^.!?\n{''.join(sorted(same))}]*", "(?:\\Z|[.!?\n])"
    two = f"[.!?]{rest}(?:\\Z|[.!?]{rest}{end}|\n{rest}{end})|\n{rest}(?:\\Z|\n|[.!?]{rest}{end})"
    return re.compile(f"{subject}(?!\n\n){rest}(?:\\Z|{two})")


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


class _People:
    """Who is spoken of in an article; what stands within quotation marks is somebody else's world and left out."""

    def __init__(self, coded: CodedText) -> None:
        self._coded, self._unquoted = coded, coded.unquoted
        self._tokens = coded.tokens
        self._given = coded.vocabulary & _given()
        self._surnames: dict[str, Sex] = {}
        self._named: dict[Sex, int] = {}  # where somebody of a sex is first named in full
        names = self._given | (coded.vocabulary & _TITLED)
        for at in compress(count(), map(names.__contains__, coded.tokens)):
            self._learn(at)

    def _learn(self, at: int) -> None:
        run = self._run(at)
        sex = _TITLES.get(run[0]) or (_names().get(run[0]) if len(run) > 1 else None)
        if sex is None or self._unquoted[at + 1] == QUOTED:
            return
        self._named.setdefault(sex, at)
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
        named = self._others(at, sex)
        if named is None:
            return None
        alone = not self._names_before(at, sex)
        return alone if named else (True if alone and any(place < at for place in self._named.values()) else None)

    def _others(self, at: int, sex: Sex) -> int | None:
        """How often the other sex is named just before a pronoun; None where it is not spoken of, or not alone."""
        named = spoken_of = 0
        for kind, other in self._before(at):
            if other in (sex, "?"):
                return None
            named += kind == "name"
            spoken_of += kind == "pronoun"
        if not (named or spoken_of >= _PRONOUNS_ENOUGH) or self._follows(at, sex):
            return None
        return named

    def _before(self, at: int) -> Iterator[tuple[str, Sex]]:
        """(what it is, sex) of whoever is spoken of in the sentences before a token, the nearest first."""
        tokens, unquoted = self._tokens, self._unquoted
        sentences = paragraphs = 0
        while at > 0:
            at -= 1
            if unquoted[at + 1] == QUOTED:
                continue
            token = tokens[at]
            if token in _STOPS:
                sentences, paragraphs = sentences + 1, paragraphs + (token == "\n")
                if sentences > _SENTENCES or paragraphs > _PARAGRAPHS:
                    return
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
        words = [_bare(token) for token in map(self._tokens.__getitem__, range(start, end + 1)) if token != "."]
        for place, word in enumerate(words):
            sex = _TITLES.get(word) or (_names().get(word) if place + 1 < len(words) else None)
            if sex is not None:
                yield "name", sex
                return
        if (sex := self._surname(words[-1])) is not None:
            yield "name", sex
        elif self._is_person(start, end) or not self._unknown.isdisjoint(words):
            yield "word", "?"

    def _surname(self, word: str) -> Sex | None:
        return self._surnames.get(word)

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
        return any(first.get(other, at) < at for first in (self._named, self._kin) for other in (sex, "?"))

    @cached_property
    def _kin(self) -> dict[Sex, int]:
        """Where a relative of each sex is first spoken of."""
        first: dict[Sex, int] = {}
        for at, token in enumerate(self._coded.tokens):
            if (sex := _KIN.get(token.lower())) is not None:
                first.setdefault(sex, at)
        return first

    @cached_property
    def _unknown(self) -> frozenset[str]:
        """Words with a capital that recur, and may be people with no more than a surname; names of places are not."""
        tokens, table = self._coded.tokens, word_codes()
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
        if following in self._given or self._is_surname(following):
            return True
        commas = [place for place in range(max(at - 6, 1), at) if tokens[place] == ","]
        return bool(commas) and self._is_surname(_bare(tokens[commas[-1] - 1]))

    def _is_surname(self, word: str) -> bool:
        return word in self._surnames


class _Nearby(_People):
    """Who may be spoken of around one place: every name that is not known there is taken to be of the other sex.

    It finds all clashes of one sex and a few more, and looks at a few lines only.
    """

    _given = _unknown = frozenset()

    def __init__(self, analysis: Analysis, sex: Sex) -> None:
        self._tokens, self._unquoted, self._plain = analysis.coded.tokens, analysis.coded.unquoted, analysis.plain
        self._sex, self._other = sex, _OTHER[sex]
        self._known: dict[str, bool] = {}

    def may_clash(self, at: int) -> bool:
        """Can a pronoun be found to clash, when all people are known?"""
        if self._tokens[at] not in _SUBJECTS[self._sex] or not self._is_subject(at):
            return False
        return self._others(at, self._sex) is not None

    def _is_subject(self, at: int) -> bool:
        """Does the pronoun begin a sentence, or say what was quoted before it, or stand behind "said" (that)?"""
        tokens = self._tokens
        before = tokens[at - 1] if at else "\n"
        if before == '"':
            return at + 1 < len(tokens) and tokens[at + 1] in _SAYING
        if before in _STOPS:
            return True
        return before in _SAYING or (before == "that" and at > 1 and tokens[at - 2] in _SAYING)

    def _is_surname(self, word: str) -> bool:
        return word[:1].isupper()

    def _surname(self, word: str) -> Sex | None:
        if word not in self._known and len(self._known) < _LOOKED_FOR:
            self._known[word] = self._has_sex(word) or self._is_last(word)
        return self._other if self._known.get(word, True) else None

    def _has_sex(self, word: str) -> bool:
        return self._other in (_names().get(word), _TITLES.get(word))

    def _is_last(self, word: str) -> bool:
        """Does a word stand somewhere in a run of words with capitals, behind a given name or a title?"""
        plain, at = self._plain, -1
        while (at := plain.find(word, at + 1)) >= 0:
            if not plain[at - 1 : at].isspace():
                continue  # behind a sign, or within a word
            start = max(at - _RUN, 0)
            before = TOKEN.findall(plain, start, at)
            for place in range(len(before) - 1, -1, -1):
                token = before[place]
                if (place == 0 and start) or self._has_sex(token):
                    return True  # at the edge of what is looked at it may be a part of one
                if not (token[0].isupper() or (token == "." and before[place - 1] in _TITLES)):
                    break
        return False


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("'")
