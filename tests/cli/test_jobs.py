"""Several processes: the same output, also where one of them is killed; and the progress line."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

from .conftest import RULE, Newslint, read_all

CODE = """\
import os

def fatal(analysis, options):
    if analysis.text.startswith("Kill"):
        os._exit(9)
    return iter(())
"""


def test_every_way_of_jobs_gives_the_same_output(newslint: Newslint, project: Path) -> None:
    records = [{"id": n, "text": f"Ferry {n}\n\nStray {('error', 'warning', 'info')[n % 3]}\n"} for n in range(150)]
    lines = [json.dumps(record) for record in records]
    lines[70] = "[]"
    (project / "dump.jsonl").write_text("\n".join(lines))
    one, two = (newslint("check", "dump.jsonl", "--format", "jsonl", "--jobs", jobs) for jobs in ("1", "2"))
    assert [json.loads(line)["record"] for line in one.out.splitlines()] == list(range(150))
    assert (one.code, one.out, one.err) == (two.code, two.out, two.err)


def test_a_worker_that_dies_takes_only_its_article_down(newslint: Newslint, project: Path) -> None:
    rule = RULE.format(id="TST004", severity="info", end=11).replace("stray-info", "stray-death")
    kind = "  kind: python\n  function: death.fatal\n"
    rule = rule.replace("  kind: pattern\n  match: ['stray info']\n", kind)
    (project / "house-rules" / "death.yaml").write_text(rule)
    (project / "house-rules" / "death.py").write_text(CODE)
    with (project / "newslint.toml").open("a") as file:
        file.write("allow-python-rules = true\n")
    texts = ["Stray error"] * 90
    texts[40] = "Kill the process"
    (project / "dump.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in texts))
    ran = newslint("check", "dump.jsonl", "--format", "jsonl", "--jobs", "2", "--quiet")
    verdicts = [json.loads(line) for line in ran.out.splitlines()]
    said = "internal error: the process that linted this article died (out of memory?)"
    assert [(v["record"], v["error"]) for v in verdicts] == [(n, said if n == 40 else None) for n in range(90)]
    assert {len(v["findings"]) for v in verdicts if v["record"] != 40} == {1}
    assert (ran.code, ran.err) == (2, f"dump.jsonl#40: {said}\n")


def test_progress_shows_on_a_terminal_after_a_second(project: Path) -> None:
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "linter", "check", "-", "--stdin-filename", "x.jsonl", "--format", "concise"]
    pipe = subprocess.PIPE
    environment = {**os.environ, "TERM": "xterm-256color"}
    with subprocess.Popen(command, cwd=project, stdin=pipe, stdout=pipe, stderr=terminal, env=environment) as process:
        os.close(terminal)
        assert process.stdin and process.stdout
        for _ in range(8):
            process.stdin.write(b'{"text": "Stray error"}\n')
            process.stdin.flush()
            time.sleep(0.25)
        process.stdin.close()
        lines = process.stdout.read().splitlines()
        seen = read_all(controller)
        assert process.wait(30) == 1
    os.close(controller)
    assert b"articles" in seen.partition(b"8 articles: 8 errors")[0]
    assert lines == [b"x.jsonl#%d:1:1: error TST001 'Stray error' is a stray error" % n for n in range(8)]
