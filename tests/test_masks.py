"""What a format masks (code, front matter, comments, templates) is never flagged and never shifts an offset."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from linter import Config, Linter

# Blocks of an article with artifacts of several kinds, and blocks that are no text of it although they hold the same.
SHOWN = [
    "The council voted by nine to four to keep the pool open for another year, its chair said on Monday evening.",
    "Advertisement",
    "Read more: Storm Closes Bridges Across The North",
    "The roof will be mended in the spring.The boiler has to wait, and so have the changing rooms on both floors.",
    "Facebook Twitter Pinterest WhatsApp",
    "We met in CafÃ© Nord, where the the plan was made 🙂 and “signed” by all of them before the year was out.",
    "Sign up for our newsletter and never miss a story",
    "Your email address will not be published. Required fields are marked \\*",
]
MASKED = [
    "```\nAdvertisement\n\nLoading...\n```",
    "<!-- Read more: Storm Closes Bridges Across The North -->",
    "<script>\nAdvertisement\n</script>",
    "{% raw %}\n\nAdvertisement\n\n{% endraw %}",
    "[ref]: https://www.example.org/advertisement 'Advertisement'",
    "    Advertisement\n    Sign up for our newsletter",
    "{{< youtube advertisement >}}",
]
LINTER = Linter(Config(preset="scraped"))


def findings(source: str) -> list[tuple[str, str, int, int]]:
    verdict = LINTER.lint(source, profile="markdown")
    assert verdict.error is None
    for finding in verdict.findings:
        assert finding.text == source[finding.start : finding.end]
    return [(f.rule, f.severity, f.start, f.end) for f in verdict.findings]


@given(
    st.lists(st.tuples(st.sampled_from(SHOWN), st.lists(st.sampled_from(MASKED), max_size=2)), min_size=1, max_size=8),
    st.sampled_from(["", "---\nlayout: Advertisement\n---\n\n", "+++\nauthor = 'cr\u00e8me'\n+++\n\n"]),
)
@settings(deadline=None, max_examples=150)
def test_masks_never_shift_offsets(blocks: list[tuple[str, list[str]]], front: str) -> None:
    bare, masked, moved = "", front, []
    for shown, hidden in blocks:
        # The same text once alone and once with masked blocks before it: `moved` says by how much.
        masked += "".join(block + "\n\n" for block in hidden)
        moved += [len(masked) - len(bare)] * (len(shown) + 2)
        bare, masked = f"{bare}{shown}\n\n", f"{masked}{shown}\n\n"
    expected = [
        (rule, severity, start + moved[start], end + moved[end - 1]) if end else (rule, severity, 0, 0)  # an absence
        for rule, severity, start, end in findings(bare)
    ]
    assert findings(masked) == expected
