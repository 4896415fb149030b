"""The choice of the term pairs to keep, among all phrase pairs that were found."""
