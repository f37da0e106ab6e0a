"""Records as Arrow batches, and what a kernel says of them."""

from __future__ import annotations

from typing import Any

import pytest
from kinds.checks import PROSE

from linter import LintKernel

pa = pytest.importorskip("pyarrow")

AD = "The mayor opened the bridge.\n\nAdvertisement\n\nThe mayor went home."
SCHEMA = pa.schema([("id", pa.string()), ("url", pa.string()), ("title", pa.string()), ("text", pa.string())])
RECORDS: list[dict[str, Any]] = [
    {"id": "a", "url": "https://example.org/a", "title": "Harbour bridge to close", "text": PROSE},
    {"id": "b", "url": None, "title": None, "text": AD},
    {"id": "c", "url": "https://example.org/c", "title": "Nothing", "text": None},
    {"id": "d", "url": None, "title": "Empty", "text": ""},
    {"id": "e", "url": None, "title": None, "text": f"{PROSE}\n\nSee also: Pop Star Opens A Flower Shop In Rome 🎸\n"},
    {"id": "f", "url": None, "title": None, "text": "Der Gemeinderat hat beschlossen, das Bad offen zu lassen. " * 9},
]
NEW = ["language", "words", "score", "band", "coverage", "confidence", "abstained", "error", "decision", "because"]
NEW += ["source", "counts", "findings", "rulebook"]
NO_TEXT = "no text: expected one of text, content, body, maintext, article, raw_content"
KERNEL = LintKernel()


def batch_of(records: list[dict[str, Any]] = RECORDS, schema: Any = SCHEMA) -> Any:
    return pa.RecordBatch.from_pylist(records, schema)


def texts(*values: str | None) -> Any:
    return pa.RecordBatch.from_pydict({"text": pa.array(values, pa.string())})


def told(data: Any, name: str) -> list[Any]:
    found: list[Any] = data[f"newslint_{name}"].to_pylist()
    return found


def added(data: Any) -> list[dict[str, Any]]:
    """The new columns, row by row."""
    names = [name for name in data.schema.names if name.startswith("newslint_")]
    found: list[dict[str, Any]] = data.select(names).to_pylist()
    return found
