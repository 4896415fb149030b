"""Reading the articles that a user drops into a folder, and its pairs.toml."""
