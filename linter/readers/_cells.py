"""The rows of Arrow tables as records."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

import pyarrow as pa

from linter.readers.decode import decode_cp1252
from linter.readers.inputs import size_name
from linter.readers.records import RecordError


class Cells:
    """The rows of a pyarrow.RecordBatch; of its columns those of some names. Strings may have `limit` bytes."""

    def __init__(self, batch: Any, names: Container[str], limit: int) -> None:
        # A name may stand twice: the last one holds, as in an object of JSON.
        self._columns = {name: batch.column(at) for at, name in enumerate(batch.schema.names) if name in names}
        self._limit = limit

    def load(self, row: int) -> tuple[dict[str, Any], str | None]:
        """The values of a row, and what had to be assumed. Raises RecordError."""
        values, note = {}, None
        for name, column in self._columns.items():
            values[name], odd = self._value(column[row], name)
            note = odd or note
        return values, note

    def _value(self, scalar: Any, name: str) -> tuple[Any, str | None]:
        """What a cell holds; one that Python can't express holds nothing."""
        if isinstance(scalar, pa.DictionaryScalar):
            scalar = scalar.value
        if isinstance(scalar, pa.StringScalar) and scalar.is_valid:
            data = scalar.as_buffer()
            if data.size > self._limit:
                raise RecordError(f"longer than {size_name(self._limit)}")
            try:
                return scalar.as_py(), None
            except UnicodeDecodeError:
                return decode_cp1252(data.to_pybytes()), "not valid UTF-8; read as cp1252"
        try:
            if isinstance(scalar, pa.TimestampScalar) and scalar.type.unit == "ns":  # Python knows no nanoseconds
                scalar = scalar.cast(pa.timestamp("us", scalar.type.tz), safe=False)
            return scalar.as_py(), None
        except (pa.ArrowException, ValueError, ArithmeticError, LookupError):
            return None, f"column '{name}' holds what can't be read"
