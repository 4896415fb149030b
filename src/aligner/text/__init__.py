"""Text of one language: tidy, recognise, clean, split, and read names and numbers."""
