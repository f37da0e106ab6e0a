"""A list of sources that the user keeps: a label for a site and what lies below it. It never bears on the score.

One entry a line, a domain and its label, with white space or a comma between them; `domain,label` may stand at the top
as in a table. A line that begins with `#` is a comment, as is ` # …` behind an entry. An address stands for its host.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from pathlib import Path

from linter.config import Config, ConfigError
from linter.configfile import shown
from linter.corpus.sites import address_host, host_of
from linter.model import Article, SourceLabel
from linter.readers.inputs import reason

LONGEST_LABEL = 60  # code points
_ENTRY = re.compile(r"([^\s,]+)(?:\s*,\s*|\s+)(\S.*)")
_COMMENT = re.compile(r"\s#(?:\s.*)?$")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")  # one name alone is more likely a label in the wrong place
_SHOWN = 60  # code points of a bad line


class SourceList:
    """Labels by domain. It can be pickled."""

    def __init__(self, text: str, path: str) -> None:
        """Raises ConfigError for a line that is no entry, or that says something else than an earlier one."""
        self.name = re.split(r"[\\/]", path)[-1]
        self.digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        self._labels: dict[str, str] = {}
        numbers: dict[str, int] = {}
        for number, line in enumerate(io.StringIO(text, newline=None), 1):
            told = _COMMENT.sub("", line.rstrip("\n")).strip()
            if not told or told.startswith("#") or (not numbers and _is_header(told)):
                continue
            where = f"{shown(path)}:{number}"
            domain, label = _entry(told, where)
            if self._labels.setdefault(domain, label) != label:
                raise ConfigError(
                    f"{where}: '{domain}' is {label!r} here and {self._labels[domain]!r} in line {numbers[domain]}: "
                    "expected one label for a domain"
                )
            numbers.setdefault(domain, number)

    def __len__(self) -> int:
        return len(self._labels)

    def of(self, article: Article) -> SourceLabel | None:
        """The label of an article's site, or else of the closest domain above it; None where the list has neither."""
        host = address_host(article)
        domain = _folded(host) if host else ""
        while domain:
            if domain in self._labels:
                return SourceLabel(host or "", self._labels[domain], self.name)
            domain = domain.partition(".")[2]
        return None


def _folded(host: str) -> str:
    """A host as it is compared: `xn--` names in their own letters."""
    if "xn--" not in host:
        return host if host.isascii() else _plain(host)
    return ".".join(_decoded(name) if name.startswith("xn--") else _plain(name) for name in host.split("."))


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).lower()


def _decoded(name: str) -> str:
    """A name in its own letters; as it stands where it is none that may stand in an address."""
    try:
        found = name[4:].encode("ascii").decode("punycode")
    except (UnicodeError, OverflowError):
        return name
    return found if not found.isascii() and found == _plain(found) else name


def _is_header(line: str) -> bool:
    return [cell.strip(' "').lower() for cell in line.split(",")] == ["domain", "label"]


def _entry(line: str, where: str) -> tuple[str, str]:
    """The domain, as it is compared, and the label. Raises ConfigError."""
    match = _ENTRY.fullmatch(line)
    host = host_of(match[1].strip('"')) if match else None
    if not match or not host or not _DOMAIN.fullmatch(host):
        raise ConfigError(f"{where}: expected 'domain label', got {_cut(line)!r}")
    label = " ".join(_unquoted(match[2].strip()).split())
    if not label or len(label) > LONGEST_LABEL:
        found = f"one of {len(label)}: {_cut(label)!r}" if label else "none"
        raise ConfigError(f"{where}: expected a label of 1 to {LONGEST_LABEL} characters, got {found}")
    return _folded(host), label


def _unquoted(cell: str) -> str:
    """A cell of a CSV table without its quotation marks."""
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if quoted else cell


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def load_source_list(config: Config) -> SourceList | None:
    """The list that a configuration names; None where it names none. Raises ConfigError."""
    name = config.source_list
    if name is None:
        return None
    where = f"{config.origin('source-list')}: source list {name!r}"
    if Path(name).exists() and not Path(name).is_file():  # a pipe could not be read once more by each worker
        raise ConfigError(f"{where}: not a regular file")
    try:
        text = Path(name).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{where}: not valid UTF-8 at byte {error.start}") from None
    except OSError as error:
        raise ConfigError(f"{where}: can't be read: {reason(error)}") from None
    except ValueError as error:  # a NUL in the name
        raise ConfigError(f"{where}: can't be read: {error}") from None
    return SourceList(text, name)
