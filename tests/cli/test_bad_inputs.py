"""Bad input: one clear line, no traceback, and everything else is still linted."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from .conftest import Newslint, prose

FINDING = "good.txt:5:1: error TST001 'Stray error' is a stray error\n"


def _missing(root: Path) -> None:
    pass


def _directory(root: Path) -> None:
    (root / "bad").mkdir()
    (root / "bad" / "photo.jpg").write_bytes(b"\xff\xd8")


def _binary(root: Path) -> None:
    (root / "bad").write_bytes(b"PK\0\0\0\0")


def _fifo(root: Path) -> None:
    os.mkfifo(root / "bad")


def _large(root: Path) -> None:
    (root / "bad").write_bytes(b"a" * 50_000_000)  # on one line


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_missing, "bad: no such file or directory"),
        (_directory, "bad: no articles found (looked for "),
        (_binary, "bad: looks like a binary file (NUL bytes)"),
        (_fifo, "bad: not a regular file"),
        (_large, "bad: larger than 16 MiB"),
    ],
)
def test_inputs_that_cannot_be_read(newslint_here: Newslint, project: Path, make: object, said: str) -> None:
    make(project)  # type: ignore[operator]
    (project / "good.txt").write_text(prose("Stray error"))
    ran = newslint_here("check", "bad", "good.txt", "--format", "concise", "--quiet")
    assert (ran.code, ran.out) == (2, FINDING)
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith(said)


def test_invalid_utf8_is_read_and_said_once(newslint_here: Newslint, project: Path) -> None:
    (project / "cafe.txt").write_bytes(prose("Stray error", "Caf\xe9 opens").encode("latin-1"))
    ran = newslint_here("check", "cafe.txt", "--format", "concise")
    assert (ran.code, ran.out) == (1, "cafe.txt:5:1: error TST001 'Stray error' is a stray error\n")
    assert ran.err.splitlines()[0] == "cafe.txt: not valid UTF-8; read as cp1252"
    (project / "dump.jsonl").write_bytes('{"text": "Caf\xe9"}\n'.encode("latin-1") * 3)
    noted = newslint_here("check", "dump.jsonl", "--format", "jsonl", "--unscored", "pass").err
    assert noted == "dump.jsonl: not valid UTF-8; read as cp1252\n3 articles: no findings; 0 scored\n"


def test_every_kind_of_bad_record(newslint_here: Newslint, project: Path) -> None:
    lines = [b'{"text": "Stray error"}', b"[1]", b'{"x": 1}', b'{"text": 1}', b"{", b"", b'{"text": ""}']
    (project / "dump.jsonl").write_bytes(b"\n".join(lines))
    ran = newslint_here("check", "dump.jsonl", "--format", "concise", "--quiet")
    assert (ran.code, ran.out) == (2, "dump.jsonl#0:1:1: error TST001 'Stray error' is a stray error\n")
    said = [line.partition(": ")[::2] for line in ran.err.splitlines()]
    assert [place for place, _ in said] == [
        *("dump.jsonl#1 (line 2)", "dump.jsonl#2 (line 3)", "dump.jsonl#3 (line 4)", "dump.jsonl#4 (line 5)"),
        "dump.jsonl",
    ]
    assert said[0][1] == "not an object but a list"
    assert said[1][1].startswith("no text: expected one of text, content")
    assert said[2][1] == "field 'text' is a number, not a string"
    assert said[3][1].startswith("not valid JSON: ")
    assert said[4][1] == "4 of 6 records are bad, more than 1 % (--max-bad-records)"


def test_a_line_of_50_megabytes_in_a_dump(newslint_here: Newslint, project: Path) -> None:
    with (project / "dump.jsonl").open("wb") as dump:
        dump.write(b'{"text": "Stray error"}\n{"text": "' + b"a" * 50_000_000 + b'"}\n{"text": "Stray error"}\n')
    ran = newslint_here("check", "dump.jsonl", "--format", "concise", "--quiet", "--max-bad-records", "50%")
    assert ran.code == 1
    assert ran.out.splitlines() == [f"dump.jsonl#{n}:1:1: error TST001 'Stray error' is a stray error" for n in (0, 2)]
    assert ran.err == "dump.jsonl#1 (line 2): line longer than 16 MiB\n"


def test_a_cut_off_dump_gives_its_first_records(newslint_here: Newslint, project: Path) -> None:
    packed = gzip.compress(b'{"text": "Stray error"}\n' * 3 + os.urandom(4000).hex().encode())
    (project / "dump.jsonl.gz").write_bytes(packed[:-500])
    ran = newslint_here("check", "dump.jsonl.gz", "--format", "concise", "--quiet")
    assert ran.code == 2
    assert len(ran.out.splitlines()) == 3
    assert "dump.jsonl.gz: gzip data ends early" in ran.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sellect = []", "newslint.toml: unknown key 'sellect'; did you mean 'select'?"),
        ("min-score = 'x'", "newslint.toml: 'min-score' must be a whole number, not a string"),
        ("a = = b", "newslint.toml: not valid TOML: Invalid value (at line 1, column 5)"),
        ("ignore = ['INJ0001']", "newslint.toml: unknown rule 'INJ0001'; did you mean 'INJ001'?"),
        ("rules = ['nowhere']", "nowhere: no such file or folder of rules"),
    ],
)
def test_a_broken_configuration(newslint_here: Newslint, project: Path, text: str, said: str) -> None:
    (project / "newslint.toml").write_text(text)
    (project / "good.txt").write_text(prose())
    ran = newslint_here("check", "good.txt")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("newslint: ")
    assert ran.err.endswith(f"{said}\n")
    assert ran.err.count("\n") == 1


def test_a_broken_rule_names_file_and_line(newslint_here: Newslint, project: Path) -> None:
    file = project / "house-rules" / "stray-error.yaml"
    file.write_text(file.read_text().replace("severity: error", "severity: fatal", 1))
    ran = newslint_here("check", ".")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "stray-error.yaml:7: severity" in ran.err


def test_two_rules_with_one_id(newslint_here: Newslint, project: Path) -> None:
    rules = project / "house-rules"
    text = (rules / "stray-info.yaml").read_text().replace("name: stray-info", "name: stray-note")
    (rules / "stray-note.yaml").write_text(text)
    (project / "good.txt").write_text(prose())
    ran = newslint_here("check", "good.txt")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "stray-note.yaml:1: id 'TST003' is already that of " in ran.err
    assert ran.err.endswith("stray-info.yaml\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "Nothing to lint: name files or directories, or '-' for standard input."),
        (["good.txt"], "No such command 'good.txt'. Did you mean 'newslint check good.txt'?"),
        (["check", "--fromat", "json", "."], "No such option '--fromat'. Did you mean '--format'?"),
        (["check", ".", "--jobs", "none"], "'none' is neither a number of processes nor 'auto'."),
        (["check", ".", "--max-bad-records", "200%"], "'200%' is not a share such as 0.01 or 1%."),
        (["check", ".", "--field", "body"], "'body' is not NAME=KEY."),
        (["check", ".", "--field", "txt=body"], "--field: unknown key 'txt' in 'field'; did you mean 'text'?"),
        (["check", ".", "--config", "a.toml", "--isolated"], "--config and --isolated exclude each other."),
        (["check", ".", "--output", "no/where"], "--output no/where: no such file or directory"),
        (["rules", "show", "TST01"], "unknown rule 'TST01'; did you mean 'TST001'?"),
    ],
)
def test_wrong_usage(newslint_here: Newslint, project: Path, arguments: list[str], said: str) -> None:
    (project / "good.txt").write_text(prose())
    ran = newslint_here(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(f"{said}\n")
    assert "Traceback" not in ran.err
