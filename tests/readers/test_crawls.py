"""WARC, WET and feeds: as warcio writes them, and as WordPress, Ghost and Blogger emit them."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import subprocess
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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


def page(body: bytes, *headers: str, status: str = "200 OK", url: str = "https://example.org/a") -> bytes:
    """A record as other crawlers write it, down to the last byte."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *headers, "", ""]
    block = "\r\n".join(lines).encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def chunked(body: bytes, size: int = 40) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


_DATA, _GZIP = PAGE.encode(), gzip.compress(PAGE.encode())


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (chunked(_DATA), ["Transfer-Encoding: chunked"]),
        (chunked(_DATA)[:-7], ["Transfer-Encoding: chunked"]),  # without its end
        (_DATA, ["Transfer-Encoding: chunked"]),  # undone by the crawler, which left the header
        (_GZIP, ["Content-Encoding: gzip"]),
        (chunked(_GZIP), ["Content-Encoding: GZIP", "Transfer-Encoding: chunked"]),
        (_DATA, ["Content-Encoding: gzip"]),
        (_DATA, ["Content-Encoding: br"]),
        (zlib.compress(_DATA), ["Content-Encoding: deflate"]),
        (zlib.compress(_DATA)[2:-4], ["Content-Encoding: deflate"]),  # without its header, as some servers send it
    ],
)
def test_pages_as_they_were_sent(tmp_path: Path, body: bytes, headers: list[str]) -> None:
    pytest.importorskip("fastwarc")
    (article,) = articles(tmp_path, "crawl.warc", page(body, *headers))
    assert (article.error, article.source, article.text) == (None, PAGE, "The café & the bridge opened.")


def test_pages_that_cannot_be_unpacked(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    bodies = [
        page(_GZIP[:-20], "Content-Encoding: gzip"),
        page(_GZIP[:10] + b"\xff" * 40, "Content-Encoding: gzip"),
        page(b"\x8b\x03\x80", "Content-Encoding: br"),
        page(gzip.compress(b" " * (17 << 20)), "Content-Encoding: gzip"),
        page(_DATA),
    ]
    assert [article.error for article in articles(tmp_path, "crawl.warc", b"".join(bodies))] == [
        "gzip data ends early",
        "gzip data is damaged",
        "packed as 'br', expected gzip or deflate",
        "larger than 16 MiB",
        None,
    ]


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    records = [
        page(b"Moved.", "Location: /b", status="301 Moved Permanently"),
        page(b"<p>Not here.</p>", status="404 Not Found"),
        page(b"Busy.", status="503 Service Unavailable"),
        page(b"User-agent: *", url="https://example.org/robots.txt"),
        page(_DATA, status="203 Non-Authoritative Information"),
    ]
    assert told(articles(tmp_path, "crawl.warc", b"".join(records))) == EXPECTED[:1]


def test_damage_does_not_hide_what_stands_before_it(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    good = page(_DATA)
    damaged = "damaged WARC: Invalid WARC header: what follows can't be read"
    bare = b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" + _DATA + good
    assert [a.error for a in articles(tmp_path, "a.warc", good + bare)] == [None, damaged]
    assert [a.error for a in articles(tmp_path, "a.warc", good + b"WARC/1.0\r\nWARC-Ty")] == [
        None, "the archive ends early",
    ]  # fmt: skip
    junk = gzip.compress(good) + gzip.compress(good) + b"junk"
    assert [a.error for a in articles(tmp_path, "a.warc.gz", junk)] == [
        None, None, "gzip data is damaged: Not a gzipped file (b'ju')",
    ]  # fmt: skip


class _Site(BaseHTTPRequestHandler):
    """A site of two pages, one of them in chunks, with what lies about on any site."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        found: dict[str, tuple[int, str, str]] = {
            "/": (200, "text/html; charset=utf-8", PAGE + "<a href=/b>b</a> <a href=/gone>c</a> <a href=/moved>d</a>"),
            "/b": (200, "text/html", PAGE),
            "/robots.txt": (200, "text/plain", "User-agent: *\nAllow: /\n"),
            "/moved": (301, "text/html", "Moved."),
        }
        status, kind, body = found.get(self.path, (404, "text/html", "Not here."))
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status == 301:
            self.send_header("Location", "/b")
        if self.path == "/b":
            self.send_header("Transfer-Encoding", "chunked")
            data = chunked(data)
        else:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.skipif(shutil.which("wget") is None, reason="wget is not installed")
def test_warc_by_wget(tmp_path: Path, site: str) -> None:
    pytest.importorskip("fastwarc")
    command = [
        "wget",
        "-q",
        "-r",
        "-l",
        "2",
        "--no-config",
        "--no-proxy",
        "--warc-file=crawl",
        "--warc-cdx",
        f"{site}/",
    ]
    subprocess.run(command, cwd=tmp_path, timeout=20, check=False)  # 8: one of the pages was not there
    crawl = tmp_path / "crawl.warc.gz"
    found = list(read(Source("crawl.warc.gz", crawl), ReadOptions()))
    assert (tmp_path / "crawl.cdx").exists()  # beside it, and no article
    assert [(a.url, a.title, a.error) for a in found] == [
        (f"{site}/", "Bridge opens", None),
        (f"{site}/b", "Bridge opens", None),
        (f"{site}/b", "Bridge opens", None),  # where the redirection leads
    ]
    assert {a.source for a in found[1:]} == {PAGE}


def test_warc_in_the_layout_of_wget(tmp_path: Path) -> None:
    # As wget 1.21 writes it, here by hand: the address in angle brackets, a gzip member for each record, its own
    # notes at the end.
    pytest.importorskip("fastwarc")

    def record(kind: str, url: str, content: str, body: bytes) -> bytes:
        head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <{url}>\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        return f"{head}Content-Type: {content}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"

    notes, answer = (
        "metadata://gnu.org/software/wget/warc",
        page(_DATA).partition(b"\r\n\r\n")[2].removesuffix(b"\r\n" * 2),
    )
    records = [
        record("warcinfo", "", "application/warc-fields", b"software: Wget/1.21.3\r\n"),
        record("request", "https://example.org/a", "application/http;msgtype=request", b"GET /a HTTP/1.1\r\n\r\n"),
        record("response", "https://example.org/a", "application/http;msgtype=response", answer),
        record("metadata", f"{notes}/MANIFEST.txt", "text/plain", b"<urn:uuid:1>\n"),
        record("resource", f"{notes}/wget_arguments.txt", "text/plain", b"-r https://example.org/\n"),
        record("resource", f"{notes}/wget.log", "text/plain", b"Saving to: index.html\n"),
    ]
    found = articles(tmp_path, "crawl.warc.gz", b"".join(map(gzip.compress, records)))
    assert told(found) == EXPECTED[:1]


WORDPRESS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Example</title><language>en-GB</language>
<item><title>Bridge opens</title><link>https://example.org/a</link><dc:creator><![CDATA[Ada Holm]]></dc:creator>
<pubDate>Mon, 03 Mar 2025 08:00:00 +0000</pubDate><guid isPermaLink="false">https://example.org/?p=1</guid>
<description><![CDATA[The bridge …]]></description>
<content:encoded><![CDATA[<p>The caf&#233; &amp; the <b>bridge</b> opened.</p><script>x()</script>]]></content:encoded>
</item>
</channel></rss>"""
GHOST = """<?xml version="1.0" encoding="UTF-8"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title><![CDATA[The Example]]></title>
<link>https://example.org/</link><image><url>https://example.org/favicon.png</url><title>The Example</title></image>
<generator>Ghost 5.82</generator><atom:link href="https://example.org/rss/" rel="self" type="application/rss+xml"/>
<ttl>60</ttl>
<item><title><![CDATA[Bridge opens]]></title><description><![CDATA[The bridge …]]></description>
<link>https://example.org/a</link><guid isPermaLink="false">65f0c0ffee</guid><category><![CDATA[Roads]]></category>
<dc:creator><![CDATA[Ada Holm]]></dc:creator><pubDate>Mon, 03 Mar 2025 08:00:00 GMT</pubDate>
<media:content url="https://example.org/content/images/bridge.jpg" medium="image"/>
<content:encoded><![CDATA[<p>The café &amp; the <b>bridge</b> opened.</p>]]></content:encoded></item>
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
    [
        ("feed.xml", WORDPRESS),
        ("feed.rss", GHOST),
        ("feed.atom", BLOGGER),
        ("feed.json", JSON_FEED),
        ("feed", WORDPRESS),
        ("feed", GHOST),
        ("feed", BLOGGER),
    ],
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


def test_half_characters_in_feeds(tmp_path: Path) -> None:
    # Old versions of WordPress write an emoji as two references to half of it.
    pytest.importorskip("feedparser")
    (article,) = articles(
        tmp_path, "feed.xml", WORDPRESS.replace("Bridge opens", "Bridge &#55357;&#xDE00; opens").encode()
    )
    assert (article.title, article.error) == ("Bridge \ufffd\ufffd opens", None)


def test_a_feed_is_not_taken_for_the_name_of_a_file(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    other = tmp_path / "other.xml"
    other.write_text(WORDPRESS, "utf-8")
    (article,) = articles(tmp_path, "feed.xml", str(other).encode())
    assert article.error == "neither RSS nor Atom"


def test_many_comments_before_a_page_take_no_time(tmp_path: Path) -> None:
    # What comes before a feed's first tag is passed over with an expression that took 2^n steps for n comments.
    (article,) = articles(tmp_path, "unnamed", b"<!-- a --> <?b?>\n" * 60 + PAGE.encode())
    assert (article.profile, article.title) == ("html", "Bridge opens")
