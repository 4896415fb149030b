"""Aligned texts for people and other programs, and translation memories that come in."""
