"""JSON-LD in pages, in the forms that content systems give it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.readers import article_from_text
from linter.readers._jsonld import article_fields

ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Bridge &amp; road",
    "datePublished": "2025-03-03T08:00:00Z",
    "author": {"@type": "Person", "name": "Ada Holm"},
    "publisher": {"@type": "Organization", "name": "The Example"},
    "mainEntityOfPage": {"@type": "WebPage", "@id": "https://example.org/bridge"},
    "inLanguage": "en-GB",
}
EXPECTED = {
    "title": "Bridge & road", "author": "Ada Holm", "date": "2025-03-03T08:00:00Z", "publisher": "The Example",
    "url": "https://example.org/bridge", "language": "en-GB",
}  # fmt: skip
GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "@id": "#site", "name": "The Example"},
        {"@type": ["WebPage", "ItemPage"], "@id": "https://example.org/bridge", "name": "Bridge"},
        {**ARTICLE, "@type": ["Article", "BlogPosting"], "author": [{"@id": "#ada"}], "publisher": {"@id": "#site"}},
        {"@type": "Person", "@id": "#ada", "name": "Ada Holm"},
    ],
}


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        [ARTICLE],
        GRAPH,
        {**ARTICLE, "@type": "http://schema.org/ReportageNewsArticle"},
        {
            **ARTICLE,
            "author": "Ada Holm",
            "publisher": ["The Example"],
            "mainEntityOfPage": "https://example.org/bridge",
        },
        {"@type": "WebPage", "mainEntity": ARTICLE},
        [{"@type": "BreadcrumbList", "itemListElement": []}, {"@type": "Article", "name": "Another"}, ARTICLE],
    ],
)
def test_the_forms(value: Any) -> None:
    assert article_fields([json.dumps(value)]) == EXPECTED
    assert article_fields(["{broken", f"<!-- {json.dumps(value)} -->"]) == EXPECTED
    assert article_fields([f"//<![CDATA[\n{json.dumps(value)}\n//]]>"]) == EXPECTED


def test_several_authors_and_line_breaks() -> None:
    authors = [{"name": "Ada Holm"}, {"name": "Piet Brandt"}, {"name": "Ada Holm"}]
    raw = json.dumps({**ARTICLE, "author": authors}).replace("Piet Brandt", "Piet\n Brandt")
    assert article_fields([raw])["author"] == "Ada Holm, Piet Brandt"


@pytest.mark.parametrize(
    "script", ["", "null", "[1]", "{", "[" * 50_000, json.dumps({"@type": "Person", "name": "Ada"})]
)
def test_what_describes_no_article(script: str) -> None:
    assert article_fields([script]) == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5) | st.sampled_from(["Article", "#a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["@type", "@id", "@graph", "author", "name", "headline", "url"]), inner)
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_value_gives_strings(value: Any) -> None:
    assert all(isinstance(found, str) and found for found in article_fields([json.dumps(value)]).values())


def test_a_page() -> None:
    script = f'<script type="application/ld+json">{json.dumps(ARTICLE)}</script>'
    page = f'<html><head><meta name="author" content="admin"></head><body><p>The bridge.</p>{script}</body></html>'
    article = article_from_text(page, "html")
    assert (article.title, article.author, article.date, article.publisher, article.url, article.language) == (
        "Bridge & road", "Ada Holm", "2025-03-03T08:00:00Z", "The Example", "https://example.org/bridge", "en-GB",
    )  # fmt: skip
    assert article.text == "The bridge."
    dated = article_from_text('<p>a <time itemprop="datePublished" datetime="2025-03-03">today</time></p>', "html")
    assert dated.date == "2025-03-03"
