"""Records that an engine holds, in whatever form, and their annotations: what the adapters of all engines share."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, TypeVar, get_args

import msgspec

from linter.annotation import NAMES, PREFIX, Annotation, annotation
from linter.config import Config, ConfigError
from linter.configfile import Resolver
from linter.corpus.sites import address_host
from linter.decision import decide
from linter.model import Article
from linter.parallel import Linters, lint
from linter.readers.inputs import ReadOptions, failed
from linter.readers.records import Records

Columns = Literal["full", "compact"]
T = TypeVar("T")
Load = Callable[[T], tuple[Any, str | None]]

_PATH = "-"  # a row comes from no file
_LEFT_OUT = {"full": {"path", "record"}, "compact": {"path", "record", "findings"}}


class RowLinter:
    """Lints rows with one configuration. It can be pickled, and then is no more than what it was made of.

    `added` are the names of what is added to a row: those that `--annotate` writes, without the two that tell a place
    in a file; "compact" also leaves out the findings.

    Rows are read as the records of a dump are. A process makes its linter when it gets its first row, and keeps it as
    long as it lives; a configuration that can't be used raises ConfigError or RuleError then. What the configuration
    says of files has no effect: per-path tables, `include` and `exclude`, the baseline.
    """

    def __init__(self, config: Config | None = None, columns: Columns = "full") -> None:
        """Raises ConfigError for `columns` that there are not."""
        if columns not in get_args(Columns):
            raise ConfigError(f"columns: expected 'full' or 'compact', got {columns!r}")
        self.config, self._columns = config or Config(), columns
        self.added = tuple(PREFIX + name for name in NAMES if name not in _LEFT_OUT[columns])
        self.options = ReadOptions(field=self.config.field, html_scope=self.config.html_scope)
        self.keys = Records(_PATH, self.options).keys  # those that say something
        self._lasting: _Lasting | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return RowLinter, (self.config, self._columns)

    def prepare(self) -> _Lasting:
        """Make the linter now, to see whether the configuration can be used. Raises ConfigError or RuleError."""
        if self._lasting is None:
            self._lasting = _lasting(self)
        return self._lasting

    def annotated(self, rows: Iterable[T], load: Load[T]) -> Iterator[tuple[Article, Annotation]]:
        """The article and the annotation of every row, in order: none is left out, and none raises.

        `load(row)` gives the values of a row by their keys, and what had to be assumed; a RecordError that it raises
        becomes the row's error.
        """
        return self.prepare().annotated(rows, load)


class _Lasting(Resolver):
    """What a process keeps for one configuration: with its source tables, which hold for articles of some sites."""

    def __init__(self, rows: RowLinter) -> None:
        super().__init__(isolated=True)
        self._config = self._applied(rows.config, ())
        self._records = Records(_PATH, rows.options)

    def annotated(self, rows: Iterable[T], load: Load[T]) -> Iterator[tuple[Article, Annotation]]:
        articles = (self._configured(self._read(row, load)) for row in rows)
        for config, article, outcome in lint(articles, _linters, 1):
            decide(outcome.verdict, article, config)
            yield article, annotation(outcome.verdict, _linters.of(config).rulebook.digest)

    def _configured(self, article: Article) -> tuple[Config, Article]:
        config = self._config
        return (self.of_article(config, address_host(article)) if config.source else config), article

    def _read(self, row: T, load: Load[T]) -> Article:
        try:
            return self._records.read(load, row, None)
        except Exception as error:  # a defect of a reader must not take the other rows down
            return failed(_PATH, f"internal error while reading: {type(error).__name__}: {error}")


_linters = Linters()
_known: dict[bytes, _Lasting] = {}
_making = threading.Lock()


def _lasting(rows: RowLinter) -> _Lasting:
    """The one for all equal configurations, for every task of an engine unpickles its own."""
    key = msgspec.json.encode(rows.config, order="deterministic", enc_hook=str)
    with _making:
        if key not in _known:
            _linters.of(rows.config)  # here, and not by several threads at a time
            _known[key] = _Lasting(rows)
        return _known[key]
