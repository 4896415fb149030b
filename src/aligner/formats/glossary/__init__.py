"""The glossary as a table, a term base or a list; and term lists that come in."""
