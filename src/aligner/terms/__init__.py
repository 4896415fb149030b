"""Terms: candidates, word links, and the pairs they support."""
