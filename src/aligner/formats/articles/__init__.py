"""Articles that a user drops into a folder, and which of them belong together."""
