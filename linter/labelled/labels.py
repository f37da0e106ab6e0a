"""The labels that people gave their records: a field of the record, and which side its values mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct

from linter.readers.parquet import Row
from linter.readers.records import kind_of

Side = Literal["reliable", "unreliable"]
SIDES: tuple[Side, ...] = ("reliable", "unreliable")

# Words that can't mean anything else. Not true, false, 1 and 0: of a field "hyperpartisan" true is the unreliable side,
# of one called "label" it is the other in half of the published sets.
USUAL: dict[Side, str] = {"reliable": "reliable,real", "unreliable": "unreliable,fake"}
_LENGTH = 60  # code points of a label that are told


class Labels(Struct, frozen=True):
    """Where the label stands in a record, and the values of either side, each as `as_label` gives it."""

    field: str
    reliable: frozenset[str]
    unreliable: frozenset[str]

    def of(self, raw: Any) -> str | None:
        """The label of a record (`Article.raw`); None where it has none."""
        return as_label(value_of(raw, self.field))

    def side(self, label: str | None) -> Side | None:
        """The side that a label means, or None."""
        if label in self.reliable:
            return "reliable"
        return "unreliable" if label in self.unreliable else None


def listed(text: str) -> frozenset[str]:
    """ "Fake, hoax" -> the labels "fake" and "hoax"."""
    return frozenset(filter(None, map(as_label, text.split(","))))


def as_label(value: object) -> str | None:
    """A value as a label: in lower case, on one line; true, 1 and 1.0 as "true", "1" and "1"; None of nothing."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str | int | float):
        return " ".join(str(value).lower().split())[:_LENGTH] or None
    return f"({kind_of(value)})"


def value_of(raw: Any, field: str) -> Any:
    """The value of a record's field (`Article.raw`); "meta.kind" is `kind` in `meta`, unless a field has that name."""
    names = _names(raw)
    if field in names:
        return _value(raw, field)
    first, _, rest = field.partition(".")
    if rest and first in names:
        return value_of(_value(raw, first), rest)
    return None


def fields_of(raw: Any) -> list[str]:
    """The names of a record's fields as `value_of` takes them, those of objects in it behind a dot."""
    names = []
    for name in _names(raw):
        below = _names(_value(raw, name))
        names += [f"{name}.{inner}" for inner in below] or [name]
    return names


def _names(raw: Any) -> Iterable[str]:
    if isinstance(raw, Row):
        return list(dict.fromkeys(raw.batch.schema.names))
    return list(raw) if isinstance(raw, dict) else []


def _value(raw: Any, name: str) -> Any:
    if not isinstance(raw, Row):
        return raw[name]
    # A name may stand twice: the last one holds, as in an object of JSON.
    try:
        return raw.batch.column(raw.batch.schema.get_all_field_indices(name)[-1])[raw.row].as_py()
    except (ValueError, ArithmeticError, LookupError):  # what Python can't express
        return None
