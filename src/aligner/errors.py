"""Everything that can go wrong in a way the user can mend: one clear sentence each."""

from __future__ import annotations


class AlignerError(Exception):
    """Base of all errors shown to the user as one sentence, without a traceback (exit code 2)."""


class ArticleError(AlignerError):
    """A file cannot be read as a Vietnamese or English article."""

    def __init__(self, path: object, problem: str) -> None:
        self.path = str(path)
        self.problem = problem
        super().__init__(f"{path}: {problem}")


class SizeError(AlignerError):
    """A text is too long for what was asked."""


class PairsError(AlignerError):
    """A pairs.toml names a file or a form that does not exist."""


class ModelError(AlignerError):
    """An embedding model is missing or does not work."""


class CacheError(AlignerError):
    """The cache of vectors cannot be used."""


class FormatError(AlignerError):
    """A workbook, table or memory cannot be read, or a cell of it cannot be understood."""


class GlossaryError(AlignerError):
    """There is no glossary where one is looked for."""


class OutputError(AlignerError):
    """A result cannot be written where it was asked for."""


class QueryError(AlignerError):
    """A query cannot be understood."""


class SearchError(AlignerError):
    """There is no index to search in, or it cannot be used."""
