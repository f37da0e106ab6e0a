"""What `check` prints, and where."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

from .conftest import Newslint, prose, read_all

LINE = "a.txt:5:1: error TST001 'Stray error' is a stray error\n"


def test_several_articles_give_a_line_per_finding_and_a_summary(newslint_here: Newslint, project: Path) -> None:
    (project / "a.txt").write_text(prose("Stray error"))
    (project / "b.txt").write_text(prose("Stray warning", "The end.", "Stray warning"))
    ran = newslint_here("check", "a.txt", "b.txt")
    *lines, summary = ran.out.splitlines(keepends=True)
    assert lines == [
        LINE,
        "b.txt:5:1: warning TST002 'Stray warning' is a stray warning\n",
        "b.txt:9:1: warning TST002 'Stray warning' is a stray warning\n",
    ]
    assert summary.startswith("2 articles: 1 error, 2 warnings; 2 scored, lowest ")
    assert ran.err == ""


def test_machine_formats_have_stdout_to_themselves(newslint_here: Newslint, project: Path) -> None:
    (project / "a.txt").write_text(prose("Stray error"))
    (project / "b.txt").write_bytes(b"\0")
    lines = newslint_here("check", "a.txt", "b.txt", "--format", "jsonl")
    whole = newslint_here("check", "a.txt", "b.txt", "--format", "json")
    articles = [json.loads(line) for line in lines.out.splitlines()]
    document = json.loads(whole.out)
    assert document["articles"] == articles
    assert [(a["path"], a["error"]) for a in articles] == [
        ("a.txt", None),
        ("b.txt", "looks like a binary file (NUL bytes)"),
    ]
    score, band = articles[0]["score"], articles[0]["band"]
    assert 0 < score == 100 - sum(finding["points"] for finding in articles[0]["findings"]) < 100
    assert document["summary"] == {
        "articles": 1,
        "unreadable": 1,
        "findings": {"error": 1, "warning": 0, "info": 0},
        "scored": 1,
        "abstained": 0,
        "lowest": {"score": score, "band": band, "path": "a.txt"},
        "sources": {},
        "decisions": {"pass": 0, "warn": 0, "fail": 2},
        "known": 0,
        "interrupted": False,
    }
    assert document["rules"] == {
        "TST001": {
            "name": "stray-error",
            "summary": "A word that tests use.",
            "help": "Take it out.",
            "verify": "open the first publication, and see whether these words stand within its article there",
        }
    }
    assert {key: document[key] for key in ("schema_version", "tool")} == {
        "schema_version": 1,
        "tool": {"name": "newslint", "version": "0.1.0"},
    }
    assert whole.err.splitlines() == [
        "b.txt: looks like a binary file (NUL bytes)",
        f"1 article: 1 error; 1 could not be read; 1 scored, lowest {score} ({band}) in a.txt",
    ]


def test_other_encodings_of_stdout(newslint: Newslint, project: Path) -> None:
    (project / "café.txt").write_text("Stray error\n", encoding="utf-8")
    text = newslint("check", "café.txt", "--format", "concise", "--quiet", PYTHONIOENCODING="ascii")
    assert text.out == "caf\\xe9.txt:1:1: error TST001 'Stray error' is a stray error\n"
    machine = newslint("check", "café.txt", "--format", "jsonl", "--quiet", PYTHONIOENCODING="ascii")
    assert json.loads(machine.out)["path"] == "café.txt"


def test_json_of_nothing_is_json(newslint_here: Newslint, project: Path) -> None:
    (project / "a.txt").write_text(prose("Stray error"))
    ran = newslint_here("check", ".", "--exclude", "*.txt", "--format", "json")
    assert json.loads(ran.out)["articles"] == []


def test_the_report_can_go_to_a_file(newslint_here: Newslint, project: Path) -> None:
    (project / "a.txt").write_text(prose("Stray error"))
    ran = newslint_here("check", "a.txt", "--format", "concise", "--output", "report.txt", "--quiet")
    assert (ran.code, ran.out, ran.err) == (1, "", "")
    assert (project / "report.txt").read_text() == LINE


def test_stdin_and_its_name(newslint_here: Newslint) -> None:
    ran = newslint_here("check", "-", "--format", "concise", "--quiet", stdin="Stray error\n")
    assert (ran.code, ran.out) == (1, "-:1:1: error TST001 'Stray error' is a stray error\n")
    dump = '{"hed": "Ferry", "body": "Stray error"}\n'
    named = newslint_here(
        "check", "-", "--stdin-filename", "x.jsonl", "--format", "jsonl", "--field", "title=hed", stdin=dump
    )
    verdict = json.loads(named.out)
    assert [verdict[key] for key in ("path", "record", "source_line", "title")] == ["x.jsonl", 0, 1, "Ferry"]


def test_control_characters_do_not_reach_the_terminal(newslint_here: Newslint, project: Path) -> None:
    (project / "a.txt").write_text("Stray error\n\n\x1b]0;gone\x07 Stray error \u202eback\n")
    for flags in ([], ["--format", "concise"], ["--show", "TST001"], ["--color", "always", "--show", "TST001"]):
        out = newslint_here("check", "a.txt", *flags).out
        assert "TST001" in out or "Stray error" in out
        assert not {"\x1b]", "\x07", "\u202e"} & {out[i : i + n] for i in range(len(out)) for n in (1, 2)}


def test_own_markdown_shows_its_score_on_request_only(newslint_here: Newslint, project: Path) -> None:
    (project / "a.md").write_text(prose("Stray error"))
    plain, asked = newslint_here("check", "a.md"), newslint_here("check", "a.md", "--show-score")
    scraped = newslint_here("check", "a.md", "--preset", "scraped")
    assert ["\nScore " in ran.out for ran in (plain, asked, scraped)] == [False, True, True]
    assert asked.out.startswith(plain.out)


def test_statistics_count_hits_and_articles(newslint_here: Newslint, project: Path) -> None:
    (project / "a.txt").write_text(prose("Stray warning", "The end.", "Stray warning", "Stray info"))
    (project / "b.txt").write_text(prose("Stray warning"))
    ran = newslint_here("check", ".", "--statistics")
    assert ran.out.splitlines()[:3] == [
        "hits  articles  error  warning  info  rule    name",
        "   3         2      -        3     -  TST002  stray-warning",
        "   1         1      -        -     1  TST003  stray-info",
    ]


def test_show_gives_the_context_of_a_rule_even_if_it_is_off(newslint_here: Newslint, project: Path) -> None:
    (project / "a.txt").write_text("Word " * 30 + "\nStray info\n" + "next " * 30)
    ran = newslint_here("check", "a.txt", "--show", "stray-info", "--ignore", "TST", "--limit", "1")
    before, after = ("Word " * 30 + " ")[-60:], (" " + "next " * 30)[:60]
    assert ran.out.splitlines() == [
        f"a.txt:2:1: info …{before}⟦Stray info⟧{after}…",
        "1 hit in 1 of 1 article; stopped at --limit 1",
    ]


def test_suppressions_silence_findings(newslint_here: Newslint, project: Path) -> None:
    page = "Ferry\n\n<!-- newslint-disable-next-line TST001 -->\n\nStray error\n\nStray error\n"
    (project / "a.md").write_text(page)
    with (project / "newslint.toml").open("a") as file:
        file.write('[[suppress]]\nid = "7"\nrules = ["TST001"]\nreason = "checked by hand"\n')
    (project / "dump.jsonl").write_text('{"id": 7, "text": "Stray error"}\n{"id": 8, "text": "Stray error"}\n')
    ran = newslint_here("check", ".", "--format", "concise", "--quiet")
    assert [line.partition(" ")[0] for line in ran.out.splitlines()] == ["a.md:7:1:", "dump.jsonl#1:1:1:"]
    assert ran.err == ""


def test_the_closest_configuration_holds_for_each_file(newslint_here: Newslint, project: Path) -> None:
    for folder in ("blog", "blog/drafts"):
        (project / folder).mkdir()
        (project / folder / "a.txt").write_text("Stray error\n\nBreak.\n\nStray warning\n")
        (project / folder / "skip.txt").write_text("Stray info\n")
    (project / "blog" / "newslint.toml").write_text(
        'extend = "../newslint.toml"\nexclude = ["/skip.txt"]\nignore = ["TST001"]'
    )
    ran = newslint_here("check", ".", "--format", "concise", "--quiet")
    found = [line.split(" ")[:3] for line in ran.out.splitlines()]
    assert found == [
        ["blog/a.txt:5:1:", "warning", "TST002"],
        ["blog/drafts/a.txt:5:1:", "warning", "TST002"],
        ["blog/drafts/skip.txt:1:1:", "info", "TST003"],
    ]


def test_a_closed_pipe_is_quiet(project: Path) -> None:
    (project / "dump.jsonl").write_text('{"text": "Stray error"}\n' * 20000)
    command = f"{sys.executable} -m linter check dump.jsonl --format concise | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=project, capture_output=True, timeout=60)
    assert done.stdout == b"dump.jsonl#0:1:1: error TST001 'Stray error' is a stray error\n"
    assert (done.returncode, done.stderr) == (141, b"")


def test_an_interrupt_prints_what_was_done(project: Path) -> None:
    command = [sys.executable, "-m", "linter", "check", "-", "--stdin-filename", "x.jsonl", "--format", "json"]
    with subprocess.Popen(
        command, cwd=project, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        # The note on the second record shows that the first is done.
        process.stdin.write(b'{"text": "Stray error"}\n[1]\n')
        process.stdin.flush()
        assert process.stderr.readline().startswith(b"x.jsonl#1")
        process.send_signal(signal.SIGINT)
        document = json.loads(process.stdout.read())
        assert process.wait(30) == 130
    assert document["articles"][0]["findings"][0]["rule"] == "TST001"
    assert document["summary"]["interrupted"] is True


def test_colours_on_a_terminal_and_nowhere_else(project: Path) -> None:
    (project / "a.txt").write_text("Stray error\n")
    assert b"\x1b[1;31merror" in _on_terminal(project)
    assert b"\x1b" not in _on_terminal(project, NO_COLOR="1")


def _on_terminal(project: Path, **variables: str) -> bytes:
    controller, terminal = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    command = [sys.executable, "-m", "linter", "check", "a.txt"]
    environment |= {"TERM": "xterm-256color", **variables}
    with subprocess.Popen(command, cwd=project, stdout=terminal, stderr=terminal, env=environment) as process:
        os.close(terminal)
        seen = read_all(controller)
        assert process.wait(30) == 1
    os.close(controller)
    return seen
