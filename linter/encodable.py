"""Halves of characters, which no UTF-8 can hold: texts and names of files may have them."""

from __future__ import annotations

from typing import Any


def encodable(value: Any) -> Any:
    """A string, or a structure of lists and dictionaries, with question marks in their place."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, (list, tuple)):
        return [encodable(item) for item in value]
    return {encodable(key): encodable(item) for key, item in value.items()} if isinstance(value, dict) else value
