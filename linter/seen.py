"""The items that earlier runs have seen: a feed shows an item for days, and it is to be reported once.

A line of the file is an item's key, hashed, and the day on which it was last seen. Items that were not seen for a year
are forgotten.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path

from linter.config import ConfigError
from linter.configfile import shown
from linter.durable import written
from linter.model import Article
from linter.readers.inputs import reason

_HEAD = "# items that newslint has seen: see --new-only\n"
_LINE = re.compile(r"([0-9a-f]{32}) (\d{4}-\d\d-\d\d)")
_KEPT = timedelta(days=366)


class Seen:
    """The state of `--new-only`. A file that isn't there is as good as an empty one. Raises ConfigError."""

    def __init__(self, path: Path, today: date | None = None) -> None:
        self._path, self._today = path, today or date.today()
        self._before = _read(path)
        self._now: set[str] = set()
        self.passed_over = 0

    def is_new(self, article: Article) -> bool:
        """Was an item not seen by an earlier run? What can't be read is new every time."""
        if article.error is not None:
            return True
        key = _key(article)
        self._now.add(key)
        new = key not in self._before
        self.passed_over += not new
        return new

    def write(self) -> None:
        """Keep what was seen. Raises ConfigError."""
        oldest = (self._today - _KEPT).isoformat()
        days = self._before | dict.fromkeys(self._now, self._today.isoformat())
        lines = [f"{key} {day}\n" for key, day in sorted(days.items()) if day >= oldest]
        try:
            with written(self._path, self._path.with_name(f"{self._path.name}.part")) as file:
                file.write("".join([_HEAD, *lines]).encode())
        except OSError as error:
            raise ConfigError(f"--new-only {shown(self._path)}: can't be written: {reason(error)}") from None


def _key(article: Article) -> str:
    """What an item is recognised by: its id, or else its address, or else its words. The file that it is in is not."""
    told = article.id or article.url or f"{article.title}\0{article.source}"
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _read(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "not valid UTF-8"
        raise ConfigError(f"--new-only {shown(path)}: {why}") from None
    days = {}
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        if not (match := _LINE.fullmatch(line)):
            raise ConfigError(f"--new-only {shown(path)}:{number}: not a file that --new-only has written")
        days[match[1]] = match[2]
    return days
