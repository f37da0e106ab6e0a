"""The hit rates that are shipped with the rules."""

from __future__ import annotations

from linter.hitrates import hit_rates
from linter.rulebook import load_book


def test_every_shipped_rule_was_measured_on_every_reference() -> None:
    rates = hit_rates()
    assert rates.rules.keys() == {rule.id for rule in load_book().rules}
    for counts in rates.rules.values():
        assert counts.keys() == rates.references.keys()
        assert all(0 <= hits <= rates.references[key].documents for key, hits in counts.items())


def test_errors_are_rare_on_clean_articles() -> None:
    rates = hit_rates()
    clean = rates.references["clean"].documents
    errors = [rule.id for rule in load_book().rules if rule.severity == "error" and rule.status == "stable"]
    assert {rule: n for rule in errors if (n := rates.rules[rule]["clean"]) > 0.005 * clean} == {}


def test_lines_give_shares_and_say_where_they_come_from() -> None:
    rates = hit_rates()
    hits, clean = rates.rules["NWS001"]["clean"], rates.references["clean"].documents
    assert rates.lines("NWS001")[0] == f"{100 * hits / clean:.2f} % of {clean:,} professional news articles"
    assert rates.lines("XYZ001") == []
    assert rates.origin.startswith("measured 20")
