"""Conflicts of a glossary, told apart by kind."""

from aligner.terms.conflicts.find import find_conflicts

__all__ = ["find_conflicts"]
