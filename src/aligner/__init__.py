"""Aligns Vietnamese and English articles, builds a glossary from them, and searches both.

The names below are stable. Importing the package loads neither a model nor torch: each name is
imported from its module on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aligner.embed import load_embedder as load_embedder
    from aligner.errors import AlignerError as AlignerError
    from aligner.exports import write_workbook as write_workbook
    from aligner.formats.articles.read import read_articles as read_articles
    from aligner.formats.bitext.html import write_bitext_html as write_bitext_html
    from aligner.formats.bitext.memory import read_memory as read_memory
    from aligner.formats.bitext.tmx import write_tmx as write_tmx
    from aligner.formats.bitext.xlsx import write_bitext_xlsx as write_bitext_xlsx
    from aligner.formats.glossary.csv import read_glossary as read_glossary
    from aligner.formats.glossary.csv import write_glossary as write_glossary
    from aligner.formats.glossary.omegat import write_omegat as write_omegat
    from aligner.formats.glossary.tbx import write_tbx as write_tbx
    from aligner.formats.glossary.term_list import read_term_list as read_term_list
    from aligner.formats.workbook.read import read_workbook as read_workbook
    from aligner.glossary import Glossary as Glossary
    from aligner.pipeline import align as align
    from aligner.pipeline import align_sentences as align_sentences
    from aligner.pipeline import pair as pair
    from aligner.search.index import Index as Index
    from aligner.search.update import index_articles as index_articles
    from aligner.search.update import index_memory as index_memory
    from aligner.term_pair import TermPair as TermPair
    from aligner.terms.check import check as check
    from aligner.terms.conflicts import find_conflicts as find_conflicts
    from aligner.terms.extract import extract_terms as extract_terms
    from aligner.text.document import segment as segment
    from aligner.text.document import segment_lines as segment_lines

__version__ = "0.1.0"

#: The module of each public name.
_HOMES = {
    "AlignerError": "aligner.errors",
    "Glossary": "aligner.glossary",
    "Index": "aligner.search.index",
    "TermPair": "aligner.term_pair",
    "align": "aligner.pipeline",
    "align_sentences": "aligner.pipeline",
    "check": "aligner.terms.check",
    "extract_terms": "aligner.terms.extract",
    "find_conflicts": "aligner.terms.conflicts",
    "index_articles": "aligner.search.update",
    "index_memory": "aligner.search.update",
    "load_embedder": "aligner.embed",
    "pair": "aligner.pipeline",
    "read_articles": "aligner.formats.articles.read",
    "read_glossary": "aligner.formats.glossary.csv",
    "read_memory": "aligner.formats.bitext.memory",
    "read_term_list": "aligner.formats.glossary.term_list",
    "read_workbook": "aligner.formats.workbook.read",
    "segment": "aligner.text.document",
    "segment_lines": "aligner.text.document",
    "write_bitext_html": "aligner.formats.bitext.html",
    "write_bitext_xlsx": "aligner.formats.bitext.xlsx",
    "write_glossary": "aligner.formats.glossary.csv",
    "write_omegat": "aligner.formats.glossary.omegat",
    "write_tbx": "aligner.formats.glossary.tbx",
    "write_tmx": "aligner.formats.bitext.tmx",
    "write_workbook": "aligner.exports",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    """Import a public name from its module on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'aligner' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
