"""Writing aligned texts for people and programs, and reading translation memories."""
