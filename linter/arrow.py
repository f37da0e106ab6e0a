"""Verdicts as Arrow columns, of fixed types whatever the records. Imported only where pyarrow is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pyarrow as pa

from linter.annotation import ARTICLE_FIELDS, NAMES, PREFIX, Annotation, fields_of
from linter.encodable import encodable
from linter.model import Article, Finding

_COUNT, _TEXT = pa.int32(), pa.string()
_FINDING_TYPES = {"start": _COUNT, "end": _COUNT, "line": _COUNT, "column": _COUNT, "end_line": _COUNT,
                  "end_column": _COUNT, "points": _COUNT, "related": pa.list_(_TEXT), "value": pa.bool_()}  # fmt: skip
FINDING = pa.struct([(f.name, _FINDING_TYPES.get(f.name, _TEXT)) for f in msgspec.structs.fields(Finding)])
_TYPES = {"record": pa.int64(), "words": _COUNT, "score": _COUNT, "coverage": pa.float64(),
          "counts": pa.map_(_TEXT, _COUNT), "findings": pa.list_(FINDING)}  # fmt: skip
ANNOTATION = pa.schema([(PREFIX + name, _TYPES.get(name, _TEXT)) for name in NAMES])
# An article that comes from no table; what else its record said is JSON.
ARTICLE = pa.schema([*((name, _TEXT) for name in ARTICLE_FIELDS), ("fields", _TEXT)])


def annotated(schema: pa.Schema) -> pa.Schema:
    """The schema of records with their annotations, which take the place of older ones.

    Every column may hold nulls, for an input that can't be read has a row too.
    """
    kept = [field.with_nullable(True) for field in schema if not field.name.startswith(PREFIX)]
    return pa.schema([*kept, *ANNOTATION], schema.metadata)


def annotation_columns(notes: Sequence[Annotation], schema: pa.Schema = ANNOTATION) -> list[pa.Array]:
    """One array per field of `schema`. Halves of characters, which no UTF-8 can hold, become question marks."""
    columns = []
    for field in schema:
        name, kind = field.name.removeprefix(PREFIX), field.type
        values = [getattr(note, name) for note in notes]
        if name == "counts":
            values = [list(value.items()) for value in values]
        elif name == "findings":
            values = [msgspec.to_builtins(value) for value in values]
        columns.append(array(values, kind))
    return columns


def article_columns(articles: Sequence[Article]) -> list[pa.Array]:
    """One array per field of `ARTICLE`."""
    rows = [{**fields_of(article), "fields": _others(article)} for article in articles]
    return [array([row[field.name] for row in rows], field.type) for field in ARTICLE]


def _others(article: Article) -> str | None:
    """What else a record said, as JSON."""
    if not isinstance(article.raw, dict):
        return None
    told = {key: value for key, value in article.raw.items() if value != article.source and not key.startswith(PREFIX)}
    return msgspec.json.encode(told, enc_hook=str).decode() if told else None


def array(values: list[Any], kind: pa.DataType) -> pa.Array:
    """Values as an array; what can't be encoded as UTF-8 is replaced."""
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array(encodable(values), kind)
