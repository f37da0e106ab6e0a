"""A real Chromium for tests: that of $NEWSLINT_CHROMIUM, or the one that is installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# It asks for nothing by itself, and runs in containers.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def executable() -> str | None:
    """The browser's file, where there is one."""
    named = os.environ.get("NEWSLINT_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, with a new profile. Skips the test where there is none."""
    file = executable()
    if file is None:
        pytest.skip(f"no Chromium: install one ({', '.join(NAMES)}), or name its file in $NEWSLINT_CHROMIUM")
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=file, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def watched(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page with a profile of its own, for files: at the end nothing else must have been loaded, said or opened.

    `options` are those of a Playwright context.
    """
    context = browser.new_context(**{"reduced_motion": "reduce", **options})
    page = context.new_page()
    noticed: list[str] = []
    page.on("request", lambda request: noticed.append(_told(request)))
    page.on("console", lambda message: noticed.append(f"{message.type} {message.text}"))
    page.on("pageerror", lambda error: noticed.append(f"error {error}"))
    page.on("dialog", lambda dialog: (noticed.append(f"dialog {dialog.message}"), dialog.dismiss()))
    context.on("page", lambda other: noticed.append(f"window {other.url}"))
    yield page
    context.close()
    assert [one for one in noticed if one] == []


def _told(request: Request) -> str:
    """A request, unless it is for a file that is opened, or for the page's own icon."""
    opened = request.is_navigation_request() and request.url.startswith(("file:", "about:blank"))
    return "" if opened or request.url.startswith("data:image/svg+xml,") else f"request {request.url}"
