"""The table of gates that a build adds to the rules."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from linter import matcher
from linter.gate import gated
from linter.gatetable import Table, read_table, write_table


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(matcher, "known_gates", {})
    write_table(tmp_path / "gates.msgpack")
    return tmp_path / "gates.msgpack"


def test_it_holds_what_would_be_worked_out(table: Path) -> None:
    gates = read_table(table)
    assert len(gates) > 1000
    for key in sorted(gates)[::100]:
        _, at, pattern = key.split(" ", 2)
        assert gates[key] == gated(pattern, at)


def test_a_table_of_other_code_is_not_used(table: Path) -> None:
    other = Table("other code", read_table(table))
    table.write_bytes(msgspec.msgpack.encode(other))
    assert read_table(table) == {}


@pytest.mark.parametrize("content", [b"", b"\x00", b"not msgpack"])
def test_a_broken_table_is_as_good_as_none(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "gates.msgpack"
    assert read_table(file) == {}
    file.write_bytes(content)
    assert read_table(file) == {}
