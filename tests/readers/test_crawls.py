"""WARC, WET and feeds: as warcio writes them, and as WordPress, Ghost and Blogger emit them."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from linter.model import Article
from linter.readers import ReadOptions, Source, read

PAGE = (
    "<!DOCTYPE html><html lang=en><head><title>Bridge opens</title></head>"
    "<body><p>The café &amp; the bridge opened.</p></body></html>"
)


def articles(tmp_path: Path, name: str, data: bytes) -> list[Article]:
    file = tmp_path / name
    file.write_bytes(data)
    return list(read(Source(name, file), ReadOptions()))


def warc(*, packed: bool, charset: str = "utf-8", version: str = "1.0") -> bytes:
    """An archive with a request, a page, an image and a text, by warcio."""
    headers = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders
    out = io.BytesIO()
    writer = pytest.importorskip("warcio.warcwriter").WARCWriter(out, gzip=packed, warc_version=version)

    def add(kind: str, content: str, data: bytes, url: str) -> None:
        http = headers("200 OK", [("Content-Type", content)], protocol="HTTP/1.1")
        if kind == "request":
            http = headers("GET / HTTP/1.1", [("Host", "example.org")], is_http_request=True)
        parts = {"warc_content_type": content} if kind == "conversion" else {"http_headers": http}
        writer.write_record(writer.create_warc_record(url, kind, payload=io.BytesIO(data), **parts))

    add("request", "", b"", "https://example.org/a")
    add("response", f"text/html; charset={charset}", PAGE.encode(charset), "https://example.org/a")
    add("response", "image/png", b"\x89PNG", "https://example.org/a.png")
    add("conversion", "text/plain", "Text of café.".encode(), "https://example.org/b")
    return out.getvalue()


def told(found: list[Article]) -> list[tuple[Any, ...]]:
    return [(a.record, a.url, a.title, a.text, a.error) for a in found]


EXPECTED = [
    (0, "https://example.org/a", "Bridge opens", "The café & the bridge opened.", None),
    (1, "https://example.org/b", None, "Text of café.", None),
]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_warc_by_warcio(tmp_path: Path, packed: bool, version: str) -> None:
    pytest.importorskip("fastwarc")
    data = warc(packed=packed, version=version)
    found = articles(tmp_path, "crawl.warc.gz" if packed else "crawl.warc", data)
    assert told(found) == EXPECTED
    assert all(article.id and article.id.startswith("<urn:uuid:") for article in found)
    assert found[0].source == PAGE
    assert told(articles(tmp_path, "unnamed", data)) == EXPECTED


def test_the_charset_of_the_answer_counts(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    (page, _) = articles(tmp_path, "crawl.warc", warc(packed=False, charset="iso-8859-2"))
    assert page.text == "The café & the bridge opened."


def test_archives_that_end_early(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    data = warc(packed=False)
    for cut in range(10, len(data), 97):
        whole = [(n, *rest) for n, *rest in told(articles(tmp_path, "crawl.warc", data[:cut])) if not rest[-1]]
        assert whole == EXPECTED[: len(whole)]
    assert articles(tmp_path, "crawl.warc", data[:-10])[-1].error == "the record ends early"
    packed = gzip.compress(data)
    assert (articles(tmp_path, "crawl.warc.gz", packed[:-200])[-1].error or "").startswith("gzip data ends early")


WORDPRESS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Example</title><language>en-GB</language>
<item><title>Bridge opens</title><link>https://example.org/a</link><dc:creator><![CDATA[Ada Holm]]></dc:creator>
<pubDate>Mon, 03 Mar 2025 08:00:00 +0000</pubDate><guid isPermaLink="false">https://example.org/?p=1</guid>
<description><![CDATA[The bridge …]]></description>
<content:encoded><![CDATA[<p>The caf&#233; &amp; the <b>bridge</b> opened.</p><script>x()</script>]]></content:encoded>
</item>
</channel></rss>"""
BLOGGER = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns='http://www.w3.org/2005/Atom'><title type='text'>The Example</title>
<entry><id>tag:blogger.com,1999:blog-1.post-1</id><published>2025-03-03T08:00:00.000+00:00</published>
<title type='text'>Bridge opens</title>
<content type='html'>&lt;p&gt;The café &amp;amp; the &lt;b&gt;bridge&lt;/b&gt; opened.&lt;/p&gt;</content>
<link rel='alternate' type='text/html' href='https://example.org/a' title='Bridge opens'/>
<author><name>Ada Holm</name></author></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Example",
        "items": [
            {
                "id": "1", "url": "https://example.org/a", "title": "Bridge opens", "date_published": "2025-03-03",
                "content_html": "<p>The café &amp; the <b>bridge</b> opened.</p>", "authors": [{"name": "Ada Holm"}],
            }
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "feed"),
    [("feed.xml", WORDPRESS), ("feed.atom", BLOGGER), ("feed.json", JSON_FEED), ("feed", WORDPRESS), ("feed", BLOGGER)],
)
def test_feeds(tmp_path: Path, name: str, feed: str) -> None:
    pytest.importorskip("feedparser")
    (article,) = articles(tmp_path, name, feed.encode())
    assert told([article]) == [(0, "https://example.org/a", "Bridge opens", "The café & the bridge opened.", None)]
    assert (article.author, article.publisher) == ("Ada Holm", "The Example")
    assert (article.date or "").find("2025") >= 0
    assert article.id
    assert "<b>bridge</b>" in article.source  # as it stands in the feed, unsanitised


def test_feeds_that_are_broken(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    found = articles(tmp_path, "feed.xml", WORDPRESS.replace("</channel>", "<item><title>Cut").encode())
    assert found[0].text == "The café & the bridge opened."
    bomb = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    (*_, last) = articles(
        tmp_path, "feed.xml", f"{bomb}]><rss><channel><item><title>&j;</title></item></channel></rss>".encode()
    )
    assert len(last.title or "") < 10_000
