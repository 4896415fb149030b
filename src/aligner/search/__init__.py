"""Search over everything aligned so far: by meaning, by words, and for exact phrases."""
