"""HDR004: a tag that shouts before or behind a headline, and a site's name behind a decorative mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit

_WORDS = (
    r"BREAKING(?: NEWS| STORY| VIDEO| REPORT| UPDATE| POLL)?|JUST IN|THIS JUST IN|DEVELOPING(?: STORY)?|ALERT|"
    r"RED ALERT|"
    r"NEWS ALERT|BREAKING ALERT|URGENT|FLASH|NEWS FLASH|EXCLUSIVE(?: VIDEO| REPORT| INTERVIEW)?|WORLD EXCLUSIVE|"
    r"WATCH(?: NOW|"
    r" LIVE| THIS)?|LISTEN|MUST[ -](?:SEE|WATCH|READ)(?: VIDEO)?|VIDEOS?|SHOCK(?: VIDEO| CLAIM| POLL| REPORT)?|"
    r"SHOCKING(?: VIDEO)?|"
    r"LIVE(?: UPDATES?| BLOG| STREAM| VIDEO)?|VIRAL(?: VIDEO)?|TRENDING(?: NOW)?|PHOTOS|PICS|PICTURES|IMAGES|GALLERY|"
    r"GRAPHIC(?: VIDEO|"
    r" CONTENT)?|LEAKED(?: VIDEO)?|BOMBSHELL|EXPLOSIVE|STUNNING|CONFIRMED|REVEALED|EXPOSED|BUSTED|OUTRAGEOUS|"
    r"DISGUSTING|HILARIOUS|"
    r"UNREAL|INSANE|EPIC|HEARTBREAKING|TRAGIC|SICK(?:ENING)?|SCANDAL|BOOM|WOW|OMG|LOL|HA|YES|OUCH|YIKES|UH[ -]OH|"
    r"FINALLY|HOLY SH\*?[I*]T|REPORT|SPECIAL REPORT|DEBUNKED|FACT[ -]?CHECK|HOAX|SCOOP|HOT|NSFW|OFFICIAL"
)
_TITLED = (
    r"Breaking(?: News)?|Just [Ii]n|Developing(?: [Ss]tory)?|Alert|Exclusive|Watch(?: [Nn]ow| [Ll]ive| [Tt]his)?|"
    r"Listen|Videos?|"
    r"Must[ -](?:[Ss]ee|[Ww]atch|[Rr]ead)|Shock(?:ing)?(?: [Vv]ideo)?|Viral(?: [Vv]ideo)?|Trending(?: [Nn]ow)?|"
    r"Photos|Pics|"
    r"Live(?: [Uu]pdates| [Bb]log)|Urgent|Bombshell|Leaked|Scoop|Wow|Boom|OMG|Última [Hh]ora|Urgente|Exclusiva|"
    r"Eilmeldung|Exklusiv|Flash [Ii]nfo|Vidéo|VIDÉO|Vídeo|VÍDEO|En vivo|EN VIVO|AO VIVO|ÚLTIMA HORA|ÚLTIMO MINUTO|"
    r"EXCLUSIF|DIRECT|URGENT|URGENTE|"
    r"EXCLUSIVO|Exclusivo|EXCLUSIVA|EILMELDUNG|EXKLUSIV|SON DAKİKA|Son [Dd]akika|СРОЧНО|Срочно|ВИДЕО|Видео|МОЛНИЯ|"
    r"HEBOH|Heboh|VIRAL|TERKUNGKAP|Terkungkap|BREAKINGNEWS|NÓNG|Nóng|HOT|ĐỘC QUYỀN|TIN NÓNG|Tin nóng"
)
_START = re.compile(
    rf"[^\w\n\[(\"'“‘]{{0,4}}(?:(?:{_WORDS})(?:!{{1,4}}:?|\s?:|\s?\|\s|\s?[–—]\s|\s-+\s|\s?>+|\.{{3}}|…)(?!\S*\.\w)"
    rf"|(?:{_TITLED})(?:\s?:|!{{1,3}})(?=\s|$)|[\[(](?:{_WORDS}|{_TITLED})!?[\])])(?=\s*\S)"
)
_END = re.compile(
    rf"\s?[\[(]\+?\s?(?:(?:{_WORDS}|{_TITLED}|Pictures|Images|Gallery|Poll|Audio|audio|video|photos|pics|"
    r"with video|see (?:video|pics|photos)|watch|WITH VIDEO|TWEETS|Tweets|TWEET|AUDIO|POLL|DETAILS|Details|"
    r"SCREENSHOTS?|TRANSCRIPT|OPINION)(?:\s?[/,&+|]\s?|\s(?:AND|and)\s|\s)?){1,4}!?[\])]"
    r"\s*$|\s[–—|-]\s?(?:VIDEOS?|PHOTOS|PICS|WATCH|AUDIO|MUST SEE|MUST WATCH)!?\s*$"
)
_SITE = re.compile(
    r"\s[⋆★✦☆✯✪✩»›≫«•♦◆▶►➤➥⭐]\s+\S[^\n]{1,40}$|"
    r"\s[|–—-]\s(?:www\.)?[\w-]+\.(?:com|net|org|info|news|co|tv|us|site|online|blog|xyz)\s*$"
)
_SITE_SIGN = re.compile(r"[⋆★✦☆✯✪✩»›≫«•♦◆▶►➤➥⭐|–—-](?<=\s.)")  # what it stands behind
_SIGN, _REACH = re.compile(r"[:!|–—>…\[( ](?:(?<! )|- )"), 26  # it stands behind a tag, within so many code points
_TITLE_SIGN = re.compile(r"[:!|–—>…\[(.-]")
_LONGEST, _WORDS_AT_MOST = 220, 32


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield tags of headline lines (`injected`: in the body), and those of a title that the text does not show."""
    title, shown, whole = (analysis.article.title or "").strip(), False, analysis.text
    for line in analysis.lines:
        if line.end - line.start > _LONGEST and line.index:
            continue
        quick = _SIGN.search(whole, line.start, min(line.start + _REACH, line.end)) is not None
        head = line.index < 2
        if not (quick or head or whole[line.end - 1] in ")]"):
            continue
        text = whole[line.start : min(line.end, line.start + 600)]
        shown = shown or (head and len(text) == len(title) and text.lower() == title.lower())
        start, end = _START.match(text) if quick else None, _ending(text) if len(text) <= _LONGEST else None
        words = text.split() if start or end else []
        if start and (head or len(words) <= _WORDS_AT_MOST):
            yield _hit(text, line.start, start, () if head else ("injected",))
        if end and (head or (not start and text[-1] in ")]")) and 2 < len(words) <= _WORDS_AT_MOST:
            yield _hit(text, line.start, end, () if head else ("injected",))
    if not title or shown:
        return
    start = _START.match(title) if _TITLE_SIGN.search(title, 0, _REACH + 2) else None
    for match in (start, _ending(title)):
        if match and len(title.split()) > 2:
            hit = _hit(title, 0, match, ("title",))
            hit.field = "title"
            yield hit


def _ending(text: str) -> re.Match[str] | None:
    """A tag or a site's name at the end of a text, behind more than a word."""
    last, start = text.rstrip()[-7:], max(len(text) - 70, 5)
    if last[-1:] in (")", "]") or last[-4:].strip("!").isupper():
        return _END.search(text, start)
    if ("." in last or not text.isascii()) and _SITE_SIGN.search(text, start):
        return _SITE.search(text, start)
    return None


def _hit(text: str, offset: int, match: re.Match[str], tags: tuple[str, ...]) -> Hit:
    found = match[0]
    return Hit(
        offset + match.start() + len(found) - len(found.lstrip()), offset + match.start() + len(found.rstrip()), tags
    )
