"""The data that newslint passes around: spans, articles, hits, findings, verdicts. No logic.

Every offset is a count of Unicode code points, `end` exclusive. Two coordinate systems exist and are never mixed:
*text* offsets point into `Article.text` (what the checks see), *source* offsets into `Article.source` (what the
user has). `linter.source` translates; findings carry source offsets only.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from msgspec import Struct

Severity = Literal["info", "warning", "error"]
Confidence = Literal["hint", "likely", "certain"]
Profile = Literal["text", "html", "markdown"]
Preset = Literal["scraped", "own"]
Zone = Literal["headline", "byline", "dateline", "head", "body", "tail"]
Decision = Literal["pass", "warn", "fail"]
Form = Literal["paragraph", "heading", "list", "quotation", "table", "caption"]

SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")  # in rising order
CONFIDENCES: tuple[Confidence, ...] = ("hint", "likely", "certain")  # in rising order
PROFILES: tuple[Profile, ...] = ("text", "html", "markdown")
CATEGORIES = ("provenance", "republication", "language", "sourcing", "style")


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class OffsetMap(Struct, frozen=True, gc=False):
    """Where the pieces of `Article.text` come from, in text order.

    Piece `i` covers text from `text_starts[i]` to `text_starts[i + 1]` (the last entry is the length of the text) and
    the source from `source_starts[i]` to `source_ends[i]`. Where both lengths agree the piece was copied one to one;
    otherwise it was replaced as a whole (an entity, a soft line break) or inserted (an empty source range).
    """

    text_starts: list[int]
    source_starts: list[int]
    source_ends: list[int]


class Block(Struct, frozen=True, gc=False):
    """One line of `Article.text` of which the reader knows the form; text offsets."""

    start: int
    end: int
    form: Form


class Link(Struct, frozen=True, gc=False):
    """A link of a page: its address and `rel` as written, entities decoded, and where its text stands; text offsets."""

    href: str
    rel: str
    start: int
    end: int


class Image(Struct, frozen=True, gc=False):
    """An image with words in its place: `alt`, entities decoded, and the text offset at which it stands."""

    alt: str
    at: int


class Hidden(Struct, frozen=True, gc=False):
    """What a page holds and browsers don't show: its words, where its links lead, whether a reader can have it shown.

    *Source* offsets: it is no part of the text.
    """

    start: int
    end: int
    words: str
    links: tuple[str, ...]
    shown_later: bool


class Page(Struct, kw_only=True):
    """What only an HTML page has. `headed`: it has a head of its own, so that one can say what is missing there."""

    headed: bool
    canonical: str | None = None  # the address that the page says is the first one
    address: str | None = None  # its own, as it says (og:url)
    links: list[Link] = []
    images: list[Image] = []
    hidden: list[Hidden] = []


class Article(Struct, kw_only=True):
    """One article as a reader found it.

    `offsets` is None where text and source have the same length and correspond character by character.
    `blocks` is None where the format says nothing about form (plain text); otherwise it lists every line whose form
    is known. `error` is set instead of a text when the input could not be read. `beside` is the rest of its page over
    the same source: menus, teasers, footers; linted as well, and never scored.
    """

    text: str
    source: str
    profile: Profile = "text"
    offsets: OffsetMap | None = None
    blocks: list[Block] | None = None
    path: str = "-"
    record: int | None = None
    source_line: int | None = None
    id: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    date: str | None = None
    publisher: str | None = None
    language: str | None = None
    page: Page | None = None
    beside: Article | None = None
    note: str | None = None  # said once on stderr, e.g. the encoding that had to be assumed
    error: str | None = None
    raw: Any = None  # the record it was read from, where that is to be written out again


class Hit(Struct, gc=False):
    """What a check yields: a span of text, and what it knows about it. Checks know no severity and no points.

    `weight` 1 is evidence by itself; a weaker hit counts only beside neighbours of its family, when the weights of
    one block add up to 1. `tags` are what a rule's `levels` and `unless` look at. `field` is "text", the title or
    author field, or "source": source offsets, for what a page holds outside its text.
    """

    start: int
    end: int
    tags: tuple[str, ...] = ()
    weight: float = 1.0
    suggestion: str | None = None
    values: dict[str, str] | None = None  # more names for the message template, beside {match}
    field: str = "text"
    points: float | None = None  # exactly what it costs, where the check measures a distance


class Finding(Struct, kw_only=True, gc=False):
    """A finding as users see it: the wire format of `--format jsonl`. Offsets are source offsets into `field`."""

    rule: str
    name: str
    category: str
    severity: Severity
    confidence: Confidence
    message: str
    field: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    suggestion: str | None
    points: int
    related: list[str]
    fingerprint: str
    value: bool = False  # a measure for the score's sake: no alarm
    known: Literal["baseline", "unchanged"] | None = None  # no alarm, either: in the baseline, or on unchanged lines


class Category(Struct, gc=False):
    """One line of the scorecard: points lost, the most that could be lost, whether there was anything to assess.

    `why` says why there was not.
    """

    lost: int
    cap: int
    assessed: bool
    why: str | None = None


class SourceLabel(Struct, frozen=True, gc=False):
    """What a list of the user's says about the site an article is from. It is no part of the score."""

    host: str
    label: str
    list: str  # the file's name


class Verdict(Struct, kw_only=True):
    """Everything newslint says about one article: one line of `--format jsonl`."""

    path: str
    record: int | None = None
    source_line: int | None = None
    id: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    words: int = 0
    score: int | None = None
    band: str | None = None
    coverage: float = 0.0
    confidence: Literal["none", "low", "normal"] = "none"
    abstained: str | None = None
    error: str | None = None
    decision: Decision = "pass"
    because: str | None = None  # the one reason why it isn't "pass"
    genre: str | None = None  # as far as it bears on the score: opinion, interview, live blog, …
    source: SourceLabel | None = None
    categories: dict[str, Category] = {}
    reasons: list[int] = []  # the findings that cost most, at most four, by their place in `findings`
    findings: list[Finding] = []
