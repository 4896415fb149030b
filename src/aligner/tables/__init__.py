"""Prints results on the terminal: tables for people, and JSON lines for programs."""
