"""The results as tables, on the terminal and in Markdown."""

from __future__ import annotations

import argparse
import platform
import statistics
from datetime import date
from importlib.metadata import version
from typing import NamedTuple

from benchmarks.formats.stored import missing
from benchmarks.formats.tables import Table
from benchmarks.speed.contenders import ALL, FLOOR, LONG_RUN
from benchmarks.speed.corpus import Corpus
from benchmarks.speed.lengths import exponent
from benchmarks.speed.machine import described
from benchmarks.speed.measuring import Rate
from benchmarks.speed.shares import Share
from benchmarks.speed.startup import Started
from linter import __version__

DUMP = 50_000_000  # records
LIBRARIES = (
    "google-re2", "ahocorasick_rs", "regex", "rapidfuzz", "msgspec",
    "datatrove", "spacy", "proselint", "langdetect", "textstat",
)  # fmt: skip
_NONE = "–"
_DEAREST, _DEAR = 20, 0.05  # rows; a share that no check should have


class Section(NamedTuple):
    """A table and what has to be known about it."""

    table: Table
    notes: list[str]


def rates_section(rates: list[Rate], corpus: Corpus, rounds: int) -> Section:
    """Who took how long for the texts."""
    measured = {rate.name: rate for rate in rates if rate.times}
    table = Table(
        "Texts, one core: median (range of the rounds)",
        (
            "", "articles", "MB/s", "articles/s", "ms an article", "time, newslint = 1", "time, RE2 = 1",
            "core-hours for 50 million",
        ),
        [_rate_row(rate, corpus, measured.get(ALL), measured.get(FLOOR)) for rate in rates],
    )  # fmt: skip
    notes = [
        f"texts: {len(corpus.rows):,} articles, {corpus.size / 1e6:.2f} MB, of {corpus.mean_words:,.0f} words and "
        f"{corpus.mean_size:,.0f} bytes in the mean; {corpus.origin}",
        f"{rounds} rounds after one that is not timed, the contenders in turn, on one core; seconds of the processor",
        "articles: what a contender was run on; where these are fewer, they are the first ones. MB are millions of "
        "bytes of text in UTF-8; articles per second, ms and core-hours are for articles of the mean size of all texts",
        "time, … = 1: the time for the same bytes where newslint with all rules, or the pass of RE2, takes 1; the "
        "median of the ratios within each round",
        "newslint and datatrove begin with strings in memory and end with verdicts or documents there, newslint as it "
        f"works in a run after {LONG_RUN:,} articles; the command reads a JSONL file and writes one",
        "datatrove's words are those of spaCy's blank English, its default; its filters are the ones of FineWeb, in "
        "that order, in their default settings. proselint, langdetect and textstat are there for orientation",
    ]
    return Section(table, notes)


def _rate_row(rate: Rate, corpus: Corpus, newslint: Rate | None, floor: Rate | None) -> tuple[str, ...]:
    if not rate.times:
        return rate.what, rate.problem, *[_NONE] * 6
    each = rate.per_byte() * corpus.mean_size
    ratios = (shown(rate.against(other)) if other else _NONE for other in (newslint, floor))
    return (
        rate.what, f"{rate.articles:,}", _speed(rate), shown(1 / each), shown(1000 * each), *ratios,
        shown(DUMP * each / 3600),
    )  # fmt: skip


def shares_section(shares: list[Share]) -> Section:
    """What the time of newslint goes to."""
    shown_ = shares[:_DEAREST]
    rest = shares[_DEAREST:]
    table = Table(
        "newslint, all rules: what the time goes to",
        ("", "rule", "share", "µs an article", "run on"),
        [
            *((one.what, one.name or _NONE, f"{one.share:.1%}", shown(one.each), f"{one.on:,}") for one in shown_),
            (
                f"{len(rest)} others", _NONE, f"{sum(one.share for one in rest):.1%}",
                shown(sum(one.each for one in rest)), _NONE,
            ),
        ],
    )  # fmt: skip
    dear = [one.what for one in shares if one.name and one.share > _DEAR]
    return Section(
        table,
        [
            "measured as newslint check --profile does it, which makes everything some percent slower; what several "
            "checks need is worked out once, for whoever asks first, and counted by itself",
            f"checks of more than {_DEAR:.0%}: {', '.join(dear) or 'none'}",
        ],
    )


def lengths_section(rates: list[Rate]) -> Section:
    """Whether the time is linear in the length."""
    table = Table(
        "newslint, all rules, on longer articles: median (range of the rounds)",
        ("length of an article", "articles", "MB/s", "ms an article", f"time per MB, {rates[0].what} = 1"),
        [
            (
                rate.what, f"{rate.articles:,}", _speed(rate),
                shown(1000 * rate.per_byte() * rate.size / rate.articles), shown(rate.against(rates[0])),
            )
            for rate in rates
        ],
    )  # fmt: skip
    notes = ["the same text, the texts above one after the other, cut into pieces of a length; no time limit"]
    if len(rates) > 1:
        notes.append(
            f"from {rates[0].what} to {rates[-1].what} the time of an article grows with its length to the power of "
            f"{exponent(rates):.2f}: 1 is linear, 2 quadratic"
        )
    return Section(table, notes)


def startup_section(runs: list[Started]) -> Section:
    """How long whole processes take."""
    table = Table(
        "Whole processes, all cores, by the clock: median (range of the runs)",
        ("", "runs", "seconds", "files/s"),
        [
            (
                run.what, f"{len(run.times)}", _ranged(run.times),
                shown(run.files / statistics.median(run.times)) if run.files else _NONE,
            )
            for run in runs
        ],
    )  # fmt: skip
    return Section(
        table,
        [
            "each was run once before, so programs, files and the rules that newslint has read are in a cache; nothing "
            "is kept of an article from one run to the next",
            "the Markdown files are made as the texts are, with front matter; what else the machine does counts here",
        ],
    )


def header() -> list[str]:
    """When, on what, and with which versions."""
    versions = [f"{name} {version(name)}" for name in LIBRARIES if not missing(name)]
    return [
        f"{date.today().isoformat()}; {described()}",
        f"newslint {__version__}, Python {platform.python_version()}; {', '.join(versions)}",
    ]


def command_of(options: argparse.Namespace) -> str:
    """The command that gives the same tables, but for the place of one's own data."""
    words = [f"--records {options.records}", f"--slow-records {options.slow_records}", f"--rounds {options.rounds}"]
    words += ["--data …"] if options.data else []
    words += [f"--only {' '.join(options.only)}"] if options.only else []
    words += ["--shares"] if options.shares else []
    words += ["--lengths"] if options.lengths else []
    words += [f"--startup --files {options.files}"] if options.startup else []
    return f"python -m benchmarks.speed {' '.join(words)}"


def markdown(command: str, said: list[str], sections: list[Section]) -> str:
    """The tables as a Markdown document."""
    parts = [
        "# Speed", "",
        f"Made by `{command}`; nothing here was written by hand. `pip install -e \".[bench]\"` installs the other "
        "tools, and `--data` takes texts of your own. Compare the ratios: times are those of one machine.", "",
        *(f"- {note}" for note in said),
    ]  # fmt: skip
    for (title, head, rows), notes in sections:
        marks = [":--" if n == 0 else "--:" for n in range(len(head))]
        lines = [head, tuple(marks), *rows]
        parts += ["", f"## {title}", "", *(f"| {' | '.join(line)} |" for line in lines), ""]
        parts += [f"- {note}" for note in notes]
    return "\n".join([*parts, ""])


def _speed(rate: Rate) -> str:
    return _ranged([rate.size / 1e6 / taken for taken in rate.times])


def _ranged(values: list[float]) -> str:
    return f"{shown(statistics.median(values))} ({shown(min(values))} to {shown(max(values))})"


def shown(number: float) -> str:
    """A number to three digits."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
