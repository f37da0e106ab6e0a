"""Elements that a browser doesn't show, by their attributes and by the simple rules of the page's own style sheets."""

from __future__ import annotations

import re

from linter.readers._markup import Closers, Tag, attributes

_HIDES = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|rem|%)?(?=\s*[;!}]|\s*$)"
    r"|opacity\s*:\s*0(?:\.0+)?(?=\s*[;!}]|\s*$)|text-indent\s*:\s*-\d{3,}|(?:left|top|right)\s*:\s*-\d{4,}px)"
)
# A style sheet, by its braces; what stands in @media holds for some screens only.
_BRACE = re.compile(r"[{}]")
_SHOWS = re.compile(r"(?:^|[;\s])(?:display\s*:\s*+(?!none)|visibility\s*:\s*visible)")
_PLAIN_SELECTOR, _CLASS = re.compile(r"\s*([.#][A-Za-z_][\w-]*)\s*"), re.compile(r"[.#][A-Za-z_][\w-]*")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What is shown for a while, on a click, or to those who listen: none of it is put there to be overlooked.
_SHOWN_LATER = re.compile(
    r"sr-only|screen-?reader|visually-?hidden|a11y|accordion|collaps|toggle|tab-?(?:pane|panel|content)|menu|nav|drop-?down|"
    r"modal|popup|pop-up|overlay|dialog|tooltip|slide|carousel|gallery|expand|lazy|more|js-|no-?js|print|search|login|share|"
    r"comment|load|template|amp-|placeholder|error|success|message|alert|form|input|cookie|consent|banner|mobile|desktop|"
    r"skip|caption|lightbox|widget|ad-|ads|advert|promo|meta|schema",
    re.IGNORECASE,
)
# For those who listen, or the name of a picture in a font of pictures.
_NOT_SEEN = re.compile(
    r"(?<![\w-])(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|element-invisible|material-icons[\w-]*"
    r"|(?!(?:has|with)-)(?:[\w-]{1,40}-)?icon)(?![\w-])",
    re.IGNORECASE,
)
_INLINE = frozenset(["span", "i", "b", "em", "abbr"])
_LONGEST_INLINE = 300  # characters
# Never hidden by themselves: an element without content, and those whose content is no text anyway.
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr html body head script style".split()
)
_MOST_STYLE = 1 << 18  # characters of style sheets that are looked at
_MOST_ENDLESS = 8  # hidden elements without an end; each took a look at the whole rest


class Hiding:
    """Says of a tag up to where what it opens is hidden."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._closers = Closers(text)
        self._selectors: set[str] = set()  # of single classes and identifiers that are hidden
        self._showing: set[frozenset[str]] = set()  # what an element must have that another rule shows
        self._named: re.Pattern[str] | None = None  # any of the selectors' names
        self._styled = 0
        self._endless: set[str] = set()  # elements of this name are not closed: none of them hides anything

    def style(self, sheet: str) -> None:
        """Take note of the content of a `<style>`."""
        if self._styled > _MOST_STYLE:
            return
        self._styled += len(sheet)
        sheet = _COMMENT.sub(" ", sheet[:_MOST_STYLE].lower())
        depth = start = opened = 0
        for brace in _BRACE.finditer(sheet):
            at = brace.start()
            if brace[0] == "{":
                opened = at if not depth else opened
                depth += 1
                continue
            depth = max(depth - 1, 0)
            if not depth:
                self._rule(sheet[start:opened], sheet[opened + 1 : at])
                start = opened = at + 1
        if self._selectors:
            names = "|".join(sorted({re.escape(selector[1:]) for selector in self._selectors}))
            self._named = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])", re.IGNORECASE)

    def _rule(self, selectors: str, body: str) -> None:
        """One rule at the top of a style sheet. Case does not count, to be on the safe side."""
        if _SHOWS.search(body):
            for selector in selectors.split(","):
                if wanted := frozenset(_CLASS.findall(selector.split()[-1] if selector.split() else "")):
                    self._showing.add(wanted)
        elif "{" not in body and "@" not in selectors and _HIDES.search(body):
            for selector in selectors.split(","):
                if plain := _PLAIN_SELECTOR.fullmatch(selector):
                    self._selectors.add(plain[1])

    def may_hide(self, inside: str) -> bool:
        """May these attributes hide an element? Asked before they are taken apart; nobody writes "Style"."""
        return (
            "style" in inside
            or "hidden" in inside
            or "icon" in inside
            or "sr-only" in inside
            or "reader" in inside
            or "invisible" in inside
            or (self._named is not None and self._named.search(inside) is not None)
        )

    def until(self, tag: Tag) -> int:
        """The offset behind the closing tag of a hidden element; 0 where a tag hides nothing."""
        inside = tag.inside
        if tag.name in _INLINE and _NOT_SEEN.search(inside):
            return self._unseen(tag)
        name = tag.name
        if name in _VOID or name[0] == "/" or inside.endswith("/") or not self._hides(inside):
            return 0
        if name in self._endless or len(self._endless) > _MOST_ENDLESS:
            return 0
        end = self._close(name, tag.end)
        if not end:
            self._endless.add(name)
            self._closers = Closers(self._text)  # it had gone ahead
        return end

    def _unseen(self, tag: Tag) -> int:
        """Behind a short inline element that is not seen: words for a screen reader, the name of an icon."""
        close = self._text.find(f"</{tag.name}", tag.end, tag.end + _LONGEST_INLINE)
        if close < 0 or self._text.find(f"<{tag.name}", tag.end, close) >= 0:
            return 0
        found = attributes(tag.inside)
        if not _NOT_SEEN.search(found.get("class", "")):
            return 0
        end = self._text.find(">", close)
        return end + 1 if end >= 0 else 0

    def _hides(self, inside: str) -> bool:
        found = attributes(inside)
        if "hidden" in found and found["hidden"].lower() != "until-found":
            return True
        if _HIDES.search(found.get("style", "").lower()):
            return True
        if not self._selectors:
            return False
        marks = {f".{name}" for name in found.get("class", "").lower().split()} | {f"#{found.get('id', '').lower()}"}
        return not self._selectors.isdisjoint(marks) and not any(wanted <= marks for wanted in self._showing)

    def _close(self, name: str, at: int) -> int:
        """Behind the closing tag that belongs to an element whose content begins at `at`; 0: there is none."""
        tags = re.compile(rf"<(?:(/?){re.escape(name)}(?=[\s/>])[^<>]*>|(!--)|(script)\b)", re.IGNORECASE)
        depth = 1
        while match := tags.search(self._text, at):
            at = match.end()
            if match[2] or match[3]:
                span = self._closers.find("--!?>" if match[2] else r"</script\s*>", at - 2 * bool(match[2]))
                if not span:
                    return 0
                at = span[1]
                continue
            depth += -1 if match[1] else not match[0].endswith("/>")
            if not depth:
                return at
        return 0


def shown_later(inside: str) -> bool:
    """Do the attributes of a hidden element say that a reader can have it shown, or that it is read out?"""
    found = attributes(inside)
    return bool(
        _SHOWN_LATER.search(" ".join((found.get("class", ""), found.get("id", ""), found.get("role", ""))))
    ) or (any(name.startswith(("data-", "aria-", "on", "x-", "v-", "ng-")) for name in found))
