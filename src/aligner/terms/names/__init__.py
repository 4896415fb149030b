"""Names, places, offices and kinds of terms: what is known about them before a text is read."""
