"""Search over everything aligned so far: by meaning, by words, exact phrases in context."""
