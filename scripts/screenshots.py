"""Makes the pictures of docs/images/ from fixtures/: the output on a terminal, and the HTML report.

`python scripts/screenshots.py`, with a Chromium as the tests of the report want it. The SVG is the same on every
machine; letters in the others are those that are installed.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from reports.chromium import chromium, executable

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
PATHS = (
    "fixtures/farm/article.txt", "fixtures/farm/records.jsonl", "fixtures/rewritten/articles.jsonl", "fixtures/clean",
    "fixtures/own",
)  # fmt: skip
ARTICLE = "fixtures/farm/article.txt"
COLUMNS = 100
MOST = 200_000  # bytes of a picture
# As rich has it, without the letters that it would fetch from elsewhere.
SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font: bold 18px system-ui, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
THEME = TerminalTheme(
    (27, 30, 36),
    (231, 229, 225),
    [(27, 30, 36), (224, 103, 91), (92, 181, 133), (220, 176, 74),
     (134, 197, 247), (198, 160, 246), (125, 207, 214), (231, 229, 225)],
    [(118, 125, 138), (255, 154, 143), (121, 208, 156), (240, 192, 90),
     (163, 186, 245), (216, 185, 255), (160, 225, 230), (255, 255, 255)],
)  # fmt: skip


def newslint(*arguments: str) -> str:
    """What the command prints."""
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "linter", "check", "--isolated", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return done.stdout


def terminal() -> str:
    """The first findings in an article and its score, as a picture of a terminal."""
    parts = newslint(ARTICLE, "--color", "always").split("\n\n")
    text = "\n\n".join([f"$ newslint check {ARTICLE}", *parts[:4], "[…]", parts[-1]])
    console = Console(file=io.StringIO(), record=True, width=COLUMNS, force_terminal=True)
    console.print(Text.from_ansi(text))
    return console.export_svg(title="newslint", theme=THEME, code_format=SVG, unique_id="newslint")


def shoot(browser: Browser, report: Path, name: str, state: str = "", *, at: str = "", **options: Any) -> None:
    """One picture of the report; `at`: the passage that the pointer is on."""
    context = browser.new_context(reduced_motion="reduce", **options)
    page = context.new_page()
    page.goto(f"file://{report}{state}")
    page.locator("main > :not([hidden])").wait_for()
    if at:
        page.locator(at).first.hover()
        page.locator("#tip:not([hidden])").wait_for()
    page.screenshot(path=IMAGES / name)
    context.close()


def main() -> None:
    """Write the pictures."""
    if executable() is None:
        sys.exit("no Chromium: install one, or name its file in $NEWSLINT_CHROMIUM")
    IMAGES.mkdir(parents=True, exist_ok=True)
    (IMAGES / "console.svg").write_text(terminal(), encoding="utf-8", newline="\n")
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        report = Path(folder) / "report.html"
        newslint(*PATHS, "--format", "html", "--output", str(report))
        wide = {"viewport": {"width": 1200, "height": 800}}
        phone = {"viewport": {"width": 390, "height": 720}, "device_scale_factor": 2}
        shoot(browser, report, "report-light.png", color_scheme="light", **wide)
        shoot(browser, report, "report-dark.png", color_scheme="dark", **wide)
        shoot(browser, report, "report-article.png", f"#article={ARTICLE}", at="mark.warning", **wide)
        shoot(browser, report, "report-phone.png", f"#article={ARTICLE}", at="mark.error", **phone)
    for file in sorted(IMAGES.iterdir()):
        size = file.stat().st_size
        print(f"{file.relative_to(ROOT)}: {size:,} bytes")
        if size > MOST:
            sys.exit(f"{file.name} is larger than {MOST:,} bytes")


if __name__ == "__main__":
    main()
