"""Terms: candidates in either language, and the pairs that the aligned sentences support."""

from aligner.terms.extract import extract_terms

__all__ = ["extract_terms"]
