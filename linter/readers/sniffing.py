"""What an input is, by what it begins with."""

from __future__ import annotations

import re

from linter.readers.streams import SNIFF

_OBJECT, _ARRAY = re.compile(rb'\{\s*"'), re.compile(rb'\[\s*\{\s*"')
# Atomic: where a comment ends must not be tried again, or thirty comments take 2^30 tries.
_PROLOGUE = rb"(?>(?:<!--.*?-->|<\?[^>]*>)\s*)*+"
_HTML = re.compile(_PROLOGUE + rb"<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(_PROLOGUE + rb"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE | re.DOTALL)
_MAGICS = {b"PAR1": "parquet", b"WARC/1.": "warc", b"WARC/0.": "warc"}
DUMPS = frozenset(("jsonl", "json", "csv", "parquet", "warc", "feed"))
_SPACE = b" \t\r\n\xef\xbb\xbf"


def reader_of(head: bytes, named: str | None) -> str:
    """The reader for content: by what it begins with where that is beyond doubt, else by its name."""
    for magic, name in _MAGICS.items():
        if head.startswith(magic):
            return name
    if named in ("text", "markdown"):
        return named
    found = _sniff(head)
    if named is None or (found in DUMPS and not _agree(named, head)):
        return found
    return named


def _agree(named: str, head: bytes) -> bool:
    """Can content that begins with an object, or a line of one, be what its name says?"""
    start = head.lstrip(_SPACE)
    if named == "jsonl":
        return start.startswith(b"{")
    return named == "json" and not (
        start.startswith(b"{") and start.partition(b"\n")[2].lstrip(_SPACE).startswith(b"{")
    )


def _sniff(head: bytes) -> str:
    """The reader for content without a telling name."""
    start = head.lstrip(_SPACE)
    if _FEED.match(start):
        return "feed"
    if _HTML.match(start):
        return "html"
    if _OBJECT.match(start):
        line, broken, _ = start.partition(b"\n")
        if (not broken and len(head) == SNIFF) or _is_object(line):
            return "jsonl"
        return "json"
    return "json" if _ARRAY.match(start) else "text"


def _is_object(line: bytes) -> bool:
    from linter.readers.jsonl import decode_json
    from linter.readers.records import RecordError

    try:
        return isinstance(decode_json(line)[0], dict)
    except RecordError:
        return False
