"""Windows of a bitext: the phrase pairs that each shows, how likely they are, and their sums."""
