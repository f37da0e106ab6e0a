"""The benchmarks run, are seeded, and do not fall behind what was measured."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_damage_is_found_where_it_was_found_before_and_raises_nothing_elsewhere() -> None:
    damage = load("damage")
    results = damage.measure(seed=1, most=30)
    assert results == damage.measure(seed=1, most=30)
    recall = {name: found / count for name, (count, found, _, _) in results.items()}
    least = {"doubled_verb": 0.8, "open_quotation": 0.8, "tense_flip": 0.7, "wrong_article": 0.6, "pronoun_flip": 0.2}
    assert {name: recall[name] >= share for name, share in least.items()} == dict.fromkeys(least, True), recall
    new, right = (sum(result[n] for result in results.values()) for n in (2, 3))
    assert right >= 0.97 * new


@pytest.mark.slow
def test_our_own_rewritten_articles() -> None:
    groups, beside, _ = load("rewritten").measure()
    assert groups["all"]["found"] >= 0.2 * groups["all"]["marks"]
    assert beside["clean warning"] + beside["clean error"] == 0
    assert beside["farm warning"] + beside["farm error"] <= 0.3 * beside["articles"]
