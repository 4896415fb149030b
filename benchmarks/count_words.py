"""Lists the Vietnamese words that news use often: writes src/aligner/terms/data/frequent_words.txt.

python benchmarks/count_words.py

Counted are the words of the word list in the Vietnamese reports that were written for this project
(`benchmarks/data/training`). A word of fewer reports belongs to a field rather than to all news.
"""

from __future__ import annotations

from collections import Counter

from aligner.package_data import read_text
from aligner.text.lexicon import listed_words
from aligner.text.words import term_key
from data_sets import ROOT, event_of, written_entries

TARGET = ROOT / "src/aligner/terms/data/frequent_words.txt"
REPORTS = 5  # of some five hundred, from which on a word is frequent


def main() -> None:
    """Count the reports of every word and write the frequent ones."""
    counts: Counter[str] = Counter()
    events = list(map(event_of, written_entries()))
    for event in events:
        counts.update(set().union(*map(listed_words, event.vi)))
    listed = (line.split("\t")[0] for line in read_text("text", "lexicon.tsv").splitlines())
    frequent = [word for word in listed if counts[" ".join(term_key(word, "vi"))] >= REPORTS]
    TARGET.write_text("\n".join(frequent) + "\n", encoding="utf-8")
    print(f"{len(frequent):,} of {len(counts):,} words are in {REPORTS} of {len(events)} reports")


if __name__ == "__main__":
    main()
