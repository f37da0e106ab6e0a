"""Data as it stands in a page: JSON that can't end a script element, and packed JSON that is opened on demand."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode
from typing import Any

import msgspec

_LEVEL = 6  # of compression
_TELLING = re.compile("[<\u2028\u2029]")  # what could end the element, or a line of a script


def embedded(data: Any) -> str:
    """`data` as JSON for a script element: nothing in it is markup."""
    return _TELLING.sub(lambda match: f"\\u{ord(match[0]):04x}", _encoded(data).decode())


def packed(data: Any) -> bytes:
    """`data` as JSON, deflated and in base64."""
    squeezed = zlib.compressobj(_LEVEL, wbits=-zlib.MAX_WBITS)
    return b64encode(squeezed.compress(_encoded(data)) + squeezed.flush())


def _encoded(data: Any) -> bytes:
    try:
        return msgspec.json.encode(data)
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can spell out
        return json.dumps(msgspec.to_builtins(data, str_keys=True), separators=(",", ":")).encode()
