"""Aligning: which articles and which sentences say the same thing."""
