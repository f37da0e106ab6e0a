"""datatrove: a step of a pipeline that writes verdicts into the metadata of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from linter.annotation import PREFIX, Annotation, prefixed
from linter.config import Config
from linter.engines import missing
from linter.parallel import CHUNK_ARTICLES, CHUNK_LENGTH
from linter.readers.inputs import size_name
from linter.readers.records import RecordError
from linter.rows import Columns, RowLinter

try:
    from datatrove.data import Document, DocumentsPipeline
    from datatrove.pipeline.base import PipelineStep
except ImportError:
    raise missing("datatrove", "datatrove") from None


class NewslintStep(PipelineStep):  # type: ignore[misc]
    """Lints the text of every document, and lets all of them through.

    Title, address and so on come from the metadata, under the usual names or those of `config.field`. The fields of
    `--annotate` are added to the metadata, without the two that tell a place in a file; `columns="compact"` leaves out
    `newslint_findings`. The statistics count documents, errors and hits by rule, and have the scores.
    """

    name = "newslint"
    type = "LINTER"

    def __init__(self, config: Config | None = None, *, columns: Columns = "full") -> None:
        """Raises ConfigError or RuleError for a configuration that can't be used."""
        super().__init__()
        config = config or Config()
        field = {name: key for name, key in config.field.items() if name not in ("text", "html")}
        self._rows = RowLinter(msgspec.structs.replace(config, field=field), columns)
        self._rows.prepare()

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """The documents, in their order. One that can't be linted has a `newslint_error`."""
        for documents in _batches(data):
            with self.track_time("batch"):
                notes = [note for _, note in self._rows.annotated(documents, self._load)]
            for document, note in zip(documents, notes, strict=True):
                self._count(note)
                kept = {name: value for name, value in document.metadata.items() if not name.startswith(PREFIX)}
                told = prefixed(note)
                document.metadata = {**kept, **{name: msgspec.to_builtins(told[name]) for name in self._rows.added}}
                yield document

    def _load(self, document: Document) -> tuple[dict[str, Any], str | None]:
        most = self._rows.options.max_size
        if isinstance(document.text, str) and len(document.text) > most:
            raise RecordError(f"longer than {size_name(most)}")
        return {**document.metadata, "id": document.id, "text": document.text}, None

    def _count(self, note: Annotation) -> None:
        self.stat_update("total")
        if note.error is not None:
            self.stat_update("errors")
        elif note.score is None:
            self.stat_update("unscored")
        else:
            self.stat_update("score", value=note.score)
        for rule, hits in note.counts.items():
            self.stat_update(rule, value=hits)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """As many documents as are linted together, so that no more of them are held."""
    batch: list[Document] = []
    length = 0
    for document in documents:
        batch.append(document)
        length += len(document.text or "")
        if len(batch) == CHUNK_ARTICLES or length >= CHUNK_LENGTH:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch
