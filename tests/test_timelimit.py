"""An article that takes too long is reported, and the others are linted all the same."""

from __future__ import annotations

import re
import signal
import threading
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from linter import Linter, api
from linter.config import Config
from linter.model import Article
from linter.timelimit import TimeUpError, limited

RULE = """\
id: TST001
name: slow-rule
summary: Slow.
why: Slow.
message: "{match}"
severity: info
confidence: likely
status: stable
category: style
check: {kind: python, function: slow.find}
examples:
  bad: [{text: "a", at: ["1:1-1:2"]}, {text: "a", at: ["1:1-1:2"]}]
  good: [{text: "b", because: "c"}, {text: "b", because: "c"}]
"""
CODE = r"""
import re
import time
from linter.model import Hit

def find(analysis, options):
    if "slow" in analysis.text:
        re.match(r"(?:a|aa)+$", "a" * 60 + "!")
    elif "busy" in analysis.text:
        while True:
            pass
    elif "long" in analysis.text:
        started = time.process_time()
        while time.process_time() - started < 0.5:
            sum(range(100_000))
    yield Hit(0, 1)
"""


@pytest.fixture
def linter(tmp_path: Path) -> Linter:
    (tmp_path / "slow.yaml").write_text(RULE)
    (tmp_path / "slow.py").write_text(CODE)
    config = Config(rules=[str(tmp_path)], allow_python_rules=True, select=["TST001"], time_limit=0.2)
    return Linter(config)


def article(text: str) -> Article:
    return Article(text=text, source=text)


@pytest.mark.parametrize("text", ["slow", "busy"])
def test_one_article_takes_no_other_down(linter: Linter, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "_BATCH_LIMIT", 0.4)
    outcomes = linter.run_all([article("one"), article(text), article("two")])
    assert [(o.verdict.error, len(o.verdict.findings)) for o in outcomes] == [
        (None, 1), ("took longer than 0.2 s to lint (--time-limit)", 0), (None, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("limit", [0, 30])
def test_what_takes_long_but_not_too_long_is_linted(linter: Linter, limit: float) -> None:
    patient = Linter(replace(linter.config, time_limit=limit), rulebook=linter.rulebook)
    (outcome,) = patient.run_all([article("long")])
    assert (outcome.verdict.error, len(outcome.verdict.findings)) == (None, 1)
    (outcome,) = linter.run_all([article("long")])
    assert outcome.verdict.error == "took longer than 0.2 s to lint (--time-limit)"


def test_regular_expressions_are_interrupted() -> None:
    started = time.process_time()
    with pytest.raises(TimeUpError), limited(0.1):
        re.match(r"(?:a|aa)+$", "a" * 60 + "!")
    assert time.process_time() - started < 1
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


def test_other_threads_go_without_a_limit() -> None:
    reached = []

    def work() -> None:
        with limited(0.01):
            reached.append(sum(range(3_000_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert len(reached) == 1
