"""A pronoun of the other sex than the only person that it can stand for (GRM021)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from linter.analysis import Analysis
from linter.codedtext import CodedText
from linter.lexicon import shipped_lexicon
from linter.model import Hit
from linter.wordcodes import word_codes

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
_SENTENCES, _AHEAD = 2, 12  # sentences looked back, tokens looked ahead
_RECURS = 3  # times
_PRONOUNS_ENOUGH = 2  # of the other sex, where the name stands further off


class _Mention(NamedTuple):
    at: int  # index of the token
    sentence: int
    paragraph: int
    sex: Sex
    kind: Literal["name", "kin", "person", "pronoun"]


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield such pronouns; tagged `alone` where the article has named nobody of the pronoun's sex so far."""
    coded = analysis.coded
    names, present = _names(), coded.vocabulary
    sexes = {names[name] for name in present & names.keys()} | {_TITLES[title] for title in present & _TITLES.keys()}
    if not any(not _SUBJECTS[sex].isdisjoint(present) and sexes - {sex} for sex in _SUBJECTS):
        return
    mentions = list(_mentions(coded, names))
    for number, mention in enumerate(mentions):
        if mention.kind != "pronoun" or not _is_subject(coded, mention.at):
            continue
        clash = _clash(mentions, number)
        if clash is not None:
            yield Hit(*coded.span(mention.at + 1, mention.at + 2), ("alone",) if clash else ())


@cache
def _names() -> dict[str, Sex]:
    sexes: dict[str | None, Sex] = {"male": "m", "female": "f"}
    return {entry.phrase: sexes[entry.tag] for entry in shipped_lexicon("given-names.txt")}


def _is_subject(coded: CodedText, at: int) -> bool:
    """Does the pronoun begin a sentence, or say what was quoted before it, or stand behind "said" (that)?"""
    token, tokens = coded.tokens[at], coded.tokens
    if token.lower() not in ("he", "she"):
        return False
    before = tokens[at - 1] if at else "\n"
    after = tokens[at + 1].lower() if at + 1 < len(tokens) else ""
    if before == '"':
        return after in _SAYING
    if before in (".", "!", "?", "\n"):
        return True
    return before.lower() in _SAYING or (before == "that" and at > 1 and tokens[at - 2].lower() in _SAYING)


def _clash(mentions: list[_Mention], number: int) -> bool | None:
    """None if the pronoun has somebody to stand for, else whether nobody of its sex was named before."""
    pronoun = mentions[number]
    same = pronoun.sex
    before = [
        m for m in mentions[:number]
        if m.sentence >= pronoun.sentence - _SENTENCES and m.paragraph >= pronoun.paragraph - 1
    ]  # fmt: skip
    if any(m.sex in (same, "?") for m in before):
        return None
    ahead = mentions[number + 1 : number + 4]
    if any(m.sex in (same, "?") and m.kind != "pronoun" and m.at <= pronoun.at + _AHEAD for m in ahead):
        return None
    alone = not any(m.sex == same and m.kind != "pronoun" for m in mentions[:number])
    if any(m.kind == "name" for m in before):
        return alone
    spoken_of = sum(m.kind == "pronoun" for m in before) >= _PRONOUNS_ENOUGH
    named = any(m.kind == "name" for m in mentions[:number])
    return True if alone and named and spoken_of else None


def _unknown(tokens: list[str], names: Mapping[str, Sex]) -> frozenset[str]:
    """Capitalised words that recur, and may be people of whom only the surname is given; names of places are not."""
    inside = Counter(after for before, after in pairwise(tokens) if before in _PLACES and after[0].isupper())
    counts = Counter(token.removesuffix("'s") for token in tokens if token[0].isupper() and token not in names)
    table = word_codes()
    return frozenset(
        word for word, count in counts.items()
        if count >= _RECURS and inside[word] * 3 < count and word.lower() not in table
    )  # fmt: skip


def _mentions(coded: CodedText, names: Mapping[str, Sex]) -> Iterator[_Mention]:
    """People and pronouns in order; what stands within quotation marks is somebody else's world and left out."""
    known: dict[str, Sex] = {}  # surnames
    unknown = _unknown(coded.tokens, names)
    sentence = paragraph = 0
    quoted = False
    skip = 0
    tokens = coded.tokens
    for at, token in enumerate(tokens):
        if token.islower():  # most tokens
            word = token.removesuffix("'s")
            if quoted or at < skip:
                continue
            if word in _PRONOUNS:
                yield _Mention(at, sentence, paragraph, _PRONOUNS[word], "pronoun")
            elif word in _KIN:
                yield _Mention(at, sentence, paragraph, _KIN[word], "kin")
            elif word in _PEOPLE and not _names_somebody(tokens, at, names, known):
                yield _Mention(at, sentence, paragraph, "?", "person")
        elif token == '"':
            quoted = not quoted
        elif token == "\n":
            sentence, paragraph, quoted = sentence + 1, paragraph + 1, False
        elif quoted or at < skip:
            continue
        elif token in (".", "!", "?"):
            sentence += 1
        elif token.lower() in _PRONOUNS:
            yield _Mention(at, sentence, paragraph, _PRONOUNS[token.lower()], "pronoun")
        elif token[0].isupper():
            run = _run(tokens, at)
            sex = _sex_of(run, names, known)
            if sex is not None:
                skip = at + len(run)
                yield _Mention(at, sentence, paragraph, sex, "name")
            elif _is_person(tokens, at, len(run)) or not unknown.isdisjoint(run):
                skip = at + len(run)
                yield _Mention(at, sentence, paragraph, "?", "person")


def _run(tokens: list[str], at: int) -> list[str]:
    """The capitalised words from a token on; a full stop behind a title is passed over."""
    run = []
    while at < len(tokens) and (tokens[at][0].isupper() or (tokens[at] == "." and run and run[-1] in _TITLES)):
        run.append(tokens[at])
        at += 1
    return run


def _sex_of(run: list[str], names: Mapping[str, Sex], known: dict[str, Sex]) -> Sex | None:
    """The sex of who is named by a run of words; surnames are remembered."""
    words = [word.removesuffix("'s").removesuffix("'") for word in run if word != "."]
    for place, word in enumerate(words):
        sex = _TITLES.get(word) or (names.get(word) if place + 1 < len(words) else None)
        if sex is not None:
            last = words[-1]
            if known.get(last, sex) != sex:
                known[last] = "?"  # two people of that name
            else:
                known[last] = known[word] = sex
            return sex
    return known.get(words[-1]) if words else None


def _is_person(tokens: list[str], at: int, length: int) -> bool:
    """Is a run of capitalised words that are no known name a person, by what it does or by what stands beside it?"""
    before = tokens[at - 1].lower() if at else ""
    after = tokens[at + length].lower() if at + length < len(tokens) else ""
    if after in _SAYING or before in _SAYING:
        return True
    if before in _PLACES:
        return False
    if after == "who" or before in _PEOPLE:
        return True
    if after == "," and at + length + 1 < len(tokens):
        following = tokens[at + length + 1]
        return following.isdigit() or following in ("who", "a", "an", "the", "his", "her")
    return False


def _names_somebody(tokens: list[str], at: int, names: Mapping[str, Sex], known: Mapping[str, Sex]) -> bool:
    """Does a word for a person belong to a name: "Grace Mollel, the minister", "coach Ann Hill"?"""
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    if following in names or following in known:
        return True
    commas = [place for place in range(max(at - 6, 1), at) if tokens[place] == ","]
    return bool(commas) and tokens[commas[-1] - 1].removesuffix("'s") in known
