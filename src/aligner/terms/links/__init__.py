"""Links of words and phrases that render each other, by their vectors in context."""
