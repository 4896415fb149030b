"""Lists the Vietnamese words that news use often: writes src/aligner/terms/data/frequent_words.txt.

python benchmarks/count_words.py [--data ../shared/data]

It counts the words of the word list in the Vietnamese reports that were written for this project
(`benchmarks/data/training`) and in alt-train, of which twenty lines make one text. Words of fewer
texts belong to a field rather than to all news.
"""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import chain
from pathlib import Path

from aligner.package_data import read_text
from aligner.text.lexicon import listed_words
from aligner.text.words import term_key
from data_sets import DEFAULT_DATA, ROOT, event_of, lines_as_articles, need, written_entries

TARGET = ROOT / "src/aligner/terms/data/frequent_words.txt"
TEXTS = 12  # texts, of some fourteen hundred, from which a word is frequent


def main() -> None:
    """Count the texts of every word and write the frequent ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    data = need(parser.parse_args().data)
    texts = [event_of(entry).vi for entry in written_entries()]
    for beads in lines_as_articles(data, "alt-train.tsv"):
        texts.append(list(chain.from_iterable(vi for vi, _ in beads)))
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set().union(*map(listed_words, text)))
    listed = (line.split("\t")[0] for line in read_text("text", "lexicon.tsv").splitlines())
    frequent = [word for word in listed if counts[" ".join(term_key(word, "vi"))] >= TEXTS]
    TARGET.write_text("\n".join(frequent) + "\n", encoding="utf-8")
    print(f"{len(frequent):,} of {len(counts):,} words are in {TEXTS} of {len(texts):,} texts")


if __name__ == "__main__":
    main()
