"""The errors that a user can put right; each message is one clear sentence."""

from __future__ import annotations


class AlignerError(Exception):
    """Base of all errors that are shown to the user without a traceback (exit code 2)."""


class ArticleError(AlignerError):
    """A file cannot be read as a Vietnamese or English article."""

    def __init__(self, path: object, problem: str) -> None:
        self.path = str(path)
        self.problem = problem
        super().__init__(f"{path}: {problem}")


class SizeError(AlignerError):
    """A text is too long to be aligned."""


class PairsError(AlignerError):
    """A pairs.toml cannot be read, or names something that does not exist."""


class ModelError(AlignerError):
    """An embedding model is missing or does not work."""


class CacheError(AlignerError):
    """The cache of vectors cannot be used."""


class FormatError(AlignerError):
    """A workbook, table or memory cannot be read, or a cell of it cannot be understood."""


class GlossaryError(AlignerError):
    """There is no glossary where one is expected."""


class OutputError(AlignerError):
    """A result cannot, or must not, be written to the requested file."""


class QueryError(AlignerError):
    """A query cannot be understood."""


class SearchError(AlignerError):
    """There is no index to search, or it cannot be used."""
