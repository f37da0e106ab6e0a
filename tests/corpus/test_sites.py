"""Whose article it is."""

from __future__ import annotations

from linter.corpus.sites import host_of, site_of
from linter.model import Article


def test_one_site_in_several_guises_is_one() -> None:
    hosts = {
        "https://www.harbourpost.example/2031/ferry?id=1": "harbourpost.example",
        "http://amp.HarbourPost.example./x": "harbourpost.example",
        "//m.harbourpost.example": "harbourpost.example",
        "www2.harbourpost.example/x": "harbourpost.example",
        "https://www.amp.harbourpost.example:8080/": "harbourpost.example",
        "https://reader@mobile.harbourpost.example": "harbourpost.example",
        "https://sport.harbourpost.example/x": "sport.harbourpost.example",
        "https://m.example": "m.example",  # nothing would be left of it
        "https://mills.example": "mills.example",
        "https://[::1/x": None,
        "not an address": None,
        "/2031/ferry": None,
        "": None,
    }
    assert {url: host_of(url) for url in hosts} == hosts
    assert host_of(None) is None


def test_a_publisher_stands_for_a_missing_address() -> None:
    both = Article(text="", source="", url="https://harbourpost.example/1", publisher="The  Harbour\nPost ")
    one = Article(text="", source="", publisher="The Harbour Post")
    none = Article(text="", source="", publisher=" ")
    assert [site_of(article, "site") for article in (both, one, none)] == [
        "harbourpost.example",
        "the harbour post",
        None,
    ]
    assert [site_of(article, "publisher") for article in (both, one, none)] == ["the harbour post"] * 2 + [None]
    assert {site_of(article, "none") for article in (both, one, none)} == {""}
