"""Writes bitexts side by side as one self-contained page, for the screen and for paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from aligner.formats.atomic import atomic_text
from aligner.formats.bitext.html_assets import SCRIPT, STYLE, TOOLS
from aligner.formats.grade import grade
from aligner.formats.path import StrPath
from aligner.formats.writable import legal_xml
from aligner.model import Bitext, Lang, TranslationUnit
from aligner.prose import counted

#: Distinguishes the page from an article, should it end up among them.
GENERATOR = '<meta name="generator" content="aligner">'
_RELATIONS = {
    "parallel": "parallel: one text translates the other",
    "comparable": "comparable: two reports of one event",
}


def write_bitext_html(bitexts: Sequence[Bitext], path: StrPath) -> None:
    """Write a page with a section for each article pair and a row for each bead, in order.

    The page loads nothing: it contains its style, and its script for filtering and searching.
    """
    with atomic_text(path) as file:
        file.writelines(_page(bitexts))


def _page(bitexts: Sequence[Bitext]) -> Iterator[str]:
    links = sum(len(bitext.links) for bitext in bitexts)
    nulls = sum(len(bitext.beads) for bitext in bitexts) - links
    pairs = counted(len(bitexts), "article pair")
    summary = f"{pairs}, {counted(links, 'aligned row')}, {nulls:,} without counterpart"
    yield f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
{GENERATOR}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Bitext: {pairs}</title>
<style>{STYLE}</style>
</head>
<body>
<header class="top">
<h1>Vietnamese–English bitext</h1>
<p class="summary">{summary}</p>
</header>
{TOOLS}
"""
    if len(bitexts) > 1:
        yield from _contents(bitexts)
    yield "<main>\n"
    for number, bitext in enumerate(bitexts, start=1):
        yield from _section(number, bitext)
    if not bitexts:
        yield "<p>No article pair was aligned.</p>\n"
    yield f"</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"


def _contents(bitexts: Sequence[Bitext]) -> Iterator[str]:
    yield '<nav><details><summary>Article pairs</summary>\n<ol class="contents">\n'
    for number, bitext in enumerate(bitexts, start=1):
        yield f'<li><a href="#pair-{number}">{_names(bitext)}</a></li>\n'
    yield "</ol></details></nav>\n"


def _section(number: int, bitext: Bitext) -> Iterator[str]:
    links = len(bitext.links)
    reason = f" ({_text(bitext.reason)})" if bitext.reason else ""
    yield f"""<section id="pair-{number}">
<div class="heading">
<h2>{_names(bitext)}</h2>
<p class="relation"><b>{_RELATIONS[bitext.relation]}</b>{reason}.
{counted(links, "aligned row")}, {len(bitext.beads) - links:,} without counterpart.</p>
</div>
<div class="columns" aria-hidden="true">
<span>#</span><span>Tiếng Việt</span><span>English</span><span>Confidence</span>
</div>
<ol class="units">
"""
    for place, unit in enumerate(bitext.units(), start=1):
        yield _row(f"{number}-{place}", place, unit)
    yield "</ol>\n</section>\n"


def _row(anchor: str, place: int, unit: TranslationUnit) -> str:
    null = unit.bead.is_null
    kind = "null" if null else grade(unit.confidence)
    evidence = ""
    if unit.evidence:
        items = "".join(f"<li>{_text(item)}</li>" for item in unit.evidence)
        evidence = f'<ul class="evidence" aria-label="Evidence">{items}</ul>\n'
    return (
        f'<li class="unit {kind}" id="row-{anchor}" data-id="{unit.id}"'
        f' data-confidence="{unit.confidence:.4f}">\n'
        f'<a class="place" href="#row-{anchor}">{place}</a>\n'
        f"{_side('vi', unit.vi)}\n{_side('en', unit.en)}\n"
        f"{_confidence(unit)}\n{evidence}</li>\n"
    )


def _side(lang: Lang, text: str) -> str:
    if not text:
        return f'<p class="{lang} absent" lang="en">no counterpart</p>'
    return f'<p class="{lang}" lang="{lang}">{_text(text)}</p>'


def _confidence(unit: TranslationUnit) -> str:
    percent = round(100 * min(max(unit.confidence, 0.0), 1.0))
    meaning = "has no counterpart" if unit.bead.is_null else "is a translation"
    shape = (
        "" if unit.shape in ("1-1", "1-0", "0-1") else f'<span class="shape">{unit.shape}</span>'
    )
    return (
        f'<p class="confidence" title="confidence that this {meaning}">'
        f'<span class="bar" aria-hidden="true"><i style="width:{percent}%"></i></span>'
        f'<span class="number">{percent} %</span>{shape}</p>'
    )


def _names(bitext: Bitext) -> str:
    return (
        f'<span lang="vi">{_text(bitext.vi.name)}</span> <span class="arrow">↔</span> '
        f'<span lang="en">{_text(bitext.en.name)}</span>'
    )


def _text(text: str) -> str:
    return escape(legal_xml(text))
