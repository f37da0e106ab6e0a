"""What stood when newslint was introduced: findings and scores that fail nothing, until somebody mends them.

Kept by fingerprint and never by line, so that edits elsewhere change nothing. An article whose score was too low when
the baseline was written fails only with a lower one.
"""

from __future__ import annotations

import re
from collections.abc import Set
from pathlib import Path

import msgspec
from msgspec import Struct

from linter.config import Config, ConfigError
from linter.configfile import shown
from linter.decision import alarms
from linter.durable import written
from linter.encodable import encodable
from linter.fingerprint import article_key
from linter.model import Article, Finding, Verdict
from linter.readers.inputs import reason

VERSION = 1
_SHOWN = 60  # code points of a finding's text
_SPACE = re.compile(r"\s+")


class Entry(Struct, omit_defaults=True):
    """What is known of one article.

    `findings` says by fingerprint what a person recognises: the rule's ID and the text. `score` is given where it was
    under `min-score`, `unscored` where there was none and one was asked for; `dump` is the file that a record is of.
    """

    dump: str | None = None
    score: int | None = None
    unscored: bool = False
    findings: dict[str, str] = {}


class _File(Struct):
    newslint_baseline: int
    articles: dict[str, Entry]


class Baseline:
    """A baseline file in one run.

    It need not be there where it is `taken` anew: then whatever stands is known. Raises ConfigError.
    """

    def __init__(self, path: Path, root: str, *, update: bool = False, force: bool = False) -> None:
        self._path, self._root = path, root
        self._old = _read(path, may_miss=update)
        self._takes = update and (force or self._old is None)
        self._new: dict[str, Entry] = {}

    def meet(self, verdict: Verdict, article: Article, config: Config, rules: Set[str]) -> bool:
        """Mark what is known in a verdict; returns whether its score, or that it has none, is known, too.

        `rules` are the IDs of those that are on: what another one found before is not gone.
        """
        if verdict.error is not None:
            return False
        key = article_key(article, self._root)
        old = (self._old or {}).get(key, Entry())
        if self._takes:
            old = Entry(None, verdict.score, verdict.score is None, {f.fingerprint: "" for f in alarms(verdict)})
        entry = self._new.setdefault(key, Entry())
        if article.record is not None or article.path == "-":
            entry.dump = article.path
        for finding in alarms(verdict):
            if finding.fingerprint in old.findings:
                finding.known = "baseline"
                entry.findings[finding.fingerprint] = _label(finding)
        if not self._takes:
            off = {mark: label for mark, label in old.findings.items() if label.partition(" ")[0] not in rules}
            entry.findings.update(off)
        if verdict.score is None:
            pardoned = old.unscored and config.unscored == "fail"
            entry.unscored |= pardoned
        else:
            pardoned = old.score is not None and old.score <= verdict.score < (config.min_score or 0)
            if pardoned:
                entry.score = min(verdict.score, entry.score if entry.score is not None else 100)
        return pardoned

    def fixed(self) -> list[str]:
        """What the file has and the articles of this run don't any more: `ARTICLE: RULE text`."""
        if self._takes:
            return []
        return [
            f"{key}: {label}"
            for key, entry in self._new.items()
            for mark, label in (self._old or {}).get(key, Entry()).findings.items()
            if mark not in entry.findings
        ]

    def write(self, *, whole: bool) -> tuple[int, int]:
        """Write the file; returns how many findings it holds, and how many it held. Raises ConfigError.

        Articles that this run didn't meet stay, but for files that are gone, and, where the run was `whole`, for
        records that are gone from their dumps.
        """
        old = self._old or {}
        kept = {key: entry for key, entry in old.items() if key not in self._new and not self._gone(key, entry, whole)}
        entries = {key: entry for key, entry in (kept | self._new).items() if _says_something(entry)}
        file = _File(VERSION, {key: _sorted(entries[key]) for key in sorted(entries)})
        data = msgspec.json.format(msgspec.json.encode(encodable(msgspec.to_builtins(file))), indent=1) + b"\n"
        try:
            with written(self._path, self._path.with_name(f"{self._path.name}.part")) as out:
                out.write(data)
        except OSError as error:
            raise ConfigError(f"baseline {shown(self._path)}: can't be written: {reason(error)}") from None
        return _count(entries), _count(old)

    def _gone(self, key: str, entry: Entry, whole: bool) -> bool:
        if entry.dump == "-" or entry.dump in {met.dump for met in self._new.values() if met.dump}:
            return whole
        return not (Path(self._root) / (entry.dump or key)).exists()


def _read(path: Path, *, may_miss: bool) -> dict[str, Entry] | None:
    name = f"baseline {shown(path)}"
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_File)
    except FileNotFoundError:
        if may_miss:
            return None
        raise ConfigError(f"{name}: no such file; --update-baseline writes it") from None
    except OSError as error:
        raise ConfigError(f"{name}: {reason(error)}") from None
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{name}: no baseline of newslint: {error}") from None
    if file.newslint_baseline != VERSION:
        raise ConfigError(f"{name}: of version {file.newslint_baseline}; this newslint knows version {VERSION}")
    return file.articles


def _label(finding: Finding) -> str:
    text = _SPACE.sub(" ", finding.text or finding.message).strip()
    return f"{finding.rule} {text if len(text) <= _SHOWN else f'{text[: _SHOWN - 1]}…'}"


def _says_something(entry: Entry) -> bool:
    return bool(entry.findings or entry.score is not None or entry.unscored)


def _sorted(entry: Entry) -> Entry:
    findings = sorted(entry.findings.items(), key=lambda item: (item[1], item[0]))
    return msgspec.structs.replace(entry, findings=dict(findings))


def _count(entries: dict[str, Entry]) -> int:
    return sum(len(entry.findings) for entry in entries.values())
