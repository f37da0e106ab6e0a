"""Mending an article as the tests of fixing do it, and texts that they put together."""

from __future__ import annotations

from functools import cache

from linter import Linter
from linter.config import Config
from linter.fixing import Fixed, Fixer
from linter.model import Article, Profile
from linter.readers import article_from_text

ONE = "The ferry was repaired in four days, and sails again."
TWO = "Its owner had feared that it would take until the autumn."
SIGN_UP = "Sign up for our morning newsletter and never miss a story"
SEE_ALSO = "See also: Ten Cheap Stocks To Buy Before Friday"
SHARE = "Facebook Twitter Pinterest WhatsApp"


@cache
def linter(preset: str = "scraped", **settings: object) -> Linter:
    return Linter(Config(preset=preset, time_limit=0, **settings))  # type: ignore[arg-type]


def fix(source: str | Article, profile: Profile = "text", *, unsafe: bool = False, preset: str = "scraped") -> Fixed:
    article = article_from_text(source, profile) if isinstance(source, str) else source
    return Fixer(linter(preset), unsafe=unsafe).fix(article)
