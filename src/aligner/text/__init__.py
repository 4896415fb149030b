"""Text of one language: tidying, cleaning, splitting, and reading words, names and numbers."""
