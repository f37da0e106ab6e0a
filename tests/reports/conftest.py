"""A real Chromium and a report for it to show; and Microsoft's SARIF validator with the official schema.

The validator, which carries the schema, is from npm, for no package of PyPI has either.
"""

from __future__ import annotations

import base64
import hashlib
import platform
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from linter.model import Verdict
from reports.chromium import chromium, watched
from reports.htmlreport import Written, checked

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_PACKAGE = "@microsoft/sarif-multitool-linux@5.7.0"  # MIT
_SHA512 = "NxUbpq6ISCWoTQ/NfOYEwEDKq1Heka/rMoJ5R5LMydcAZQX/X7g5mWHcgxDub+0M07LC96tZ5LZHvF1Qy3gjTA=="


@pytest.fixture(scope="session")
def multitool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the validator; a test that needs it is skipped where it can't be had."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        pytest.skip("the validator is for Linux on x86_64")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm, to fetch the validator")
    folder = tmp_path_factory.mktemp("sarif-multitool")
    done = subprocess.run([npm, "pack", "--silent", _PACKAGE], cwd=folder, capture_output=True, text=True, timeout=300)
    if done.returncode:
        pytest.skip(f"npm can't fetch {_PACKAGE}: {done.stderr.strip()[-200:]}")
    (package,) = folder.glob("*.tgz")
    assert base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode() == _SHA512
    with tarfile.open(package) as archive:
        archive.extractall(folder, filter="data")
    tool = folder / "package" / "Sarif.Multitool"
    tool.chmod(0o755)
    return tool


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with watched(browser) as page:
        yield page


@pytest.fixture(scope="module")
def news(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The report on the fixtures, and what `--format jsonl` says of them."""
    file = tmp_path_factory.mktemp("news") / "report.html"
    checked(root, "--format", "html", "--output", file)
    lines = checked(root, "--format", "jsonl").splitlines()
    return Written(file, [msgspec.json.decode(line, type=Verdict) for line in lines])
