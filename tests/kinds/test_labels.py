"""Kind `labels`: lines of nothing but buttons and counters."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.kinds import Context
from linter.model import Hit

from .checks import hits, texts

LEXICON = "share\ntweet\nemail\nfacebook\nwhats app\n[filler]\nthis article\non\n"


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory) -> Context:
    folder = tmp_path_factory.mktemp("labels")
    (folder / "l.txt").write_text(LEXICON)
    return Context(folder=folder, builtin=True)


def spec(**parameters: Any) -> dict[str, Any]:
    return {"kind": "labels", "lexicon": "l.txt", **parameters}


@pytest.mark.parametrize(
    "line",
    [
        "Share Tweet", "SHARE | TWEET", "ShareTweet", "Share 12 Tweet 1.2k", "Share this article on Facebook",
        "» Share · Whats App «", "Share12Tweet", "(Share) [Email]", "12 Share 4,000 Tweet", "Share Share",
    ],
)  # fmt: skip
def test_lines_of_labels(here: Context, line: str) -> None:
    assert texts(spec(), f"A story.\n\n{line}\n\nIt goes on.", context=here) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Share", "Share this article", "Share the news on Facebook", "sharetweet", "Share Tweet now.", "12 34",
        "Shared Tweet", "Whats Appetite Share", "on this article", "Share Tweet " * 30,
    ],
)  # fmt: skip
def test_lines_of_something_else(here: Context, line: str) -> None:
    assert texts(spec(), f"A story.\n\n{line}\n\nIt goes on.", context=here) == []


def test_a_single_label_weighs_less(here: Context) -> None:
    assert hits(spec(single=0.5, least=3), "Share\n\nShare Tweet\n\nShare Tweet Email\n", context=here) == [
        Hit(0, 5, weight=0.5), Hit(7, 18, weight=0.5), Hit(20, 37),
    ]  # fmt: skip


parts = st.sampled_from(
    [
        "share",
        "Tweet",
        "WHATS APP",
        "on",
        "12",
        "1.2k",
        "٣k",
        "٣",
        " ",
        "|",
        "•",
        "word",
        "ſhare",
        "\r",
        "…",
        "🐦",
        "\n",
    ]
)


@given(st.lists(parts, max_size=9).map("".join))
@settings(deadline=None, max_examples=150)
def test_the_gate_loses_nothing(here: Context, text: str) -> None:
    hits(spec(single=0.5), text, context=here)  # compares the gated hits with the ungated ones
