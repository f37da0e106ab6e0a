"""Any text made safe for Markdown as GitHub and GitLab show it: nothing in it is markup, a link or a mention."""

from __future__ import annotations

import re

from linter.reports.paper import safe

_MARKUP = re.compile(r"[\\`*_\[\]~&<>|$]")
# Entities also hold in tables; `$` alone in an element begins no formula.
_INSTEAD = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "$": "<span>$</span>"}
# The start of a heading, a list, an underline, a quick action; the number of a list, which is escaped behind it.
_START = re.compile(r"[#+=/:-]|\d{1,9}(?=[.)](?:\s|$))")
# What is shown is searched for mentions, numbers of issues, emoji and addresses; a space of no width prevents that.
_REFERENCE = re.compile(
    r'(?<=@)(?=\w)|(?<=[#!%~^&])(?=[\w"])|(?<=gh-)(?=\d)|(?<=:)(?=[\w+-]+:)|(?<=:)(?=//)|(?<=www)(?=\.)',
    re.IGNORECASE,
)
_NO_WIDTH = "&#8203;"
_HELD = "\0"  # stands for it meanwhile: safe text has none
_TICKS = re.compile("`+")
_FENCE = 3  # backticks at least
_ADDRESS = re.compile(r"https?://[^\s<>\"`\\]+")
_AFTER = ".,;:!?'])"  # ends the sentence or the parenthesis around an address


def text(value: str) -> str:
    """A text on one line that is shown as it is, also in a table or at the start of a line."""
    return _not_starting(_escaped(_one_line(value)))


def prose(value: str) -> str:
    """A text of several lines; blank ones part paragraphs."""
    return "\n".join(text(line) for line in value.strip().splitlines())


def linked(value: str) -> str:
    """The same with its web addresses as links: for what the project or the user has written, not for articles."""
    line, parts, done = _one_line(value), [], 0
    for match in _ADDRESS.finditer(line):
        address = _trimmed(match[0])
        parts += [_escaped(line[done : match.start()]), f"<{address}>"]
        done = match.start() + len(address)
    return _not_starting("".join([*parts, _escaped(line[done:])]))


def _trimmed(address: str) -> str:
    """An address without what follows it; brackets that it opens are its own."""
    while address[-1] in _AFTER and not (address[-1] == ")" and address.count("(") >= address.count(")")):
        address = address[:-1]
    return address


def code(value: str) -> str:
    """A text on one line as code; not for tables, whose cells end at a `|` even there."""
    line = _one_line(value)
    ticks = "`" * (_longest(line) + 1)
    pad = " " if line[:1] == "`" or line[-1:] == "`" else ""
    return f"{ticks}{pad}{line}{pad}{ticks}" if line else ""


def fenced(value: str, language: str = "text") -> str:
    """A text of any lines as a block of code."""
    ticks = "`" * max(_longest(value) + 1, _FENCE)
    lines = "\n".join(safe(line) for line in value.rstrip("\n").split("\n"))
    return f"{ticks}{language}\n{lines}\n{ticks}"


def _escaped(line: str) -> str:
    held = _REFERENCE.sub(_HELD, line)
    return _MARKUP.sub(lambda match: _INSTEAD.get(match[0], f"\\{match[0]}"), held).replace(_HELD, _NO_WIDTH)


def _not_starting(line: str) -> str:
    """A line that begins no block."""
    match = _START.match(line)
    at = match.end() if match and match[0].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}" if match else line


def _one_line(value: str) -> str:
    return " ".join(safe(value).split())


def _longest(value: str) -> int:
    return max(map(len, _TICKS.findall(value)), default=0)
