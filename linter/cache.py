"""Parsed rules kept between runs: parsing YAML and checking patterns is most of a start."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec
from msgspec import Struct

from linter.gate import Gated
from linter.rulefile import Rule


class Cached(Struct):
    """The rules of one folder with their gates, a digest of their content, and the state of the files they are from."""

    state: str
    content: str
    rules: list[Rule]
    gates: dict[str, Gated]


def cache_file(folder: Path) -> Path | None:
    """Where the rules of a folder are kept; None where there is no place for it."""
    home = os.environ.get("NEWSLINT_CACHE_DIR")
    if not home:
        base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
        try:
            home = str((Path(base) if base else Path.home() / ".cache") / "newslint")
        except RuntimeError:  # no home directory
            return None
    name = hashlib.blake2b(str(folder.resolve()).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return Path(home) / f"rules-{name}.msgpack"


def read_cache(path: Path | None, state: str) -> Cached | None:
    """What is kept there, if it was made from this state; anything else is as good as nothing."""
    try:
        entry = msgspec.msgpack.decode(path.read_bytes(), type=Cached) if path else None
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError):  # cut off, or overwritten
        return None
    return entry if entry and entry.state == state else None


def write_cache(path: Path | None, entry: Cached) -> None:
    """Keep the parsed rules; a cache that can't be written only costs time."""
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(msgspec.msgpack.encode(entry))
        part.replace(path)
    except OSError:
        return
