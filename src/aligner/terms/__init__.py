"""Terms: candidates in either language, and the pairs that the aligned sentences support."""
