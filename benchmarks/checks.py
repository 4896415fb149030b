"""Measures what `check` finds in translations, unchanged and altered.

python benchmarks/checks.py [--data ../shared/data]

Every gold bead of ntrex-dev, flores-devtest and alt-dev is a text of its own. In the altered ones,
one thing is replaced on the English side (a digit of a figure with at least two, a month, a day of
the week, million or billion, a unit of time, a time of day, a number in words), or one word is
removed from one side (the only negation, or the word that makes an office that of a deputy or a
former one), or Vietnamese words say the opposite. The share of altered texts with a finding is
printed. `--list` prints the findings in the unchanged translations, to be read.
"""

from __future__ import annotations

import argparse
import calendar
import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from aligner import load_embedder
from aligner.glossary import Glossary
from aligner.model import LANGS, LANGUAGES, Bead, Bitext, Lang
from aligner.term_pair import Finding, FindingKind
from aligner.terms.check import check
from aligner.text.figures import figures
from aligner.text.negation import negations
from aligner.text.opposites import opposites
from aligner.text.ranks import ranks
from aligner.vectors import Embedder
from data_sets import DEFAULT_DATA, articles, document, lines_as_articles, need

Cases = Mapping[str, Sequence[tuple[str, str]]]


def findings(
    pairs: Sequence[tuple[str, str]], embedder: Embedder, kind: FindingKind
) -> dict[int, list[Finding]]:
    """Return the findings of a kind in beads of one sentence a side, by the number of the bead."""
    vi, en = ([pair[side] for pair in pairs] for side in (0, 1))
    beads = tuple(Bead((n,), (n,), 1.0) for n in range(len(pairs)))
    text = Bitext(document("vi", "vi", vi), document("en", "en", en), beads, "parallel", "gold")
    found: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in check(text, Glossary(()), embedder=embedder):
        if finding.kind == kind:
            found[finding.at - 1].append(finding)
    return found


def one_negation_less(pairs: Sequence[tuple[str, str]], lang: Lang) -> list[tuple[str, str]]:
    """Return the pairs with one negation on each side, without that of one side."""
    less = []
    for pair in pairs:
        vi, en = negations(pair[0], "vi"), negations(pair[1], "en")
        if len(vi) == len(en) == 1:
            less.append((vi[0].without, pair[1]) if lang == "vi" else (pair[0], en[0].without))
    return less


def other_rank(pairs: Sequence[tuple[str, str]], lang: Lang) -> list[tuple[str, str]]:
    """Return the pairs in which either side names one rank, less the word on one side."""
    less = []
    for pair in pairs:
        named = ranks(pair[0], "vi"), ranks(pair[1], "en")
        if [rank for rank, _ in named[0]] == [rank for rank, _ in named[1]] and len(named[0]) == 1:
            side = LANGS.index(lang)
            _, (start, end) = named[side][0]
            if pair[side][end : end + 1] == " ":
                text = pair[side][:start] + pair[side][end + 1 :]
                less.append((text, pair[1]) if lang == "vi" else (pair[0], text))
    return less


def opposite(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs in which either side names one pole of a group, reversed in Vietnamese."""
    return [
        (group.reversed(vi), en)
        for group in opposites()
        for vi, en in pairs
        if len(group.poles(vi, "vi")) == 1 and len(group.poles(en, "en")) == 1
    ]


def other_time(text: str, rng: random.Random) -> str | None:
    """Return an English text with a.m. and p.m. exchanged, None if it has neither."""
    change = {"a": "p", "p": "a", "A": "P", "P": "A"}
    other = re.sub(
        r"(?<=\d)( ?)([ap])(?=\.?m\b)",
        lambda m: m[1] + change[m[2]],
        text,
        count=1,
        flags=re.IGNORECASE,
    )
    return other if other != text else None


def other_figure(text: str, rng: random.Random) -> str | None:
    """Return an English text with one digit of a figure changed, None if it has no figure."""
    spans = [(f.start, f.end) for f in figures(text, "en")]
    places = [
        [at for at in range(start, end) if text[at].isdigit()]
        for start, end in spans
        if sum(map(str.isdigit, text[start:end])) > 1
    ]
    if not places:
        return None
    at = rng.choice(rng.choice(places))
    digit = rng.choice([d for d in "123456789" if d != text[at]])
    return f"{text[:at]}{digit}{text[at + 1 :]}"


def other_word(
    words: Sequence[str], behind: str = r"\b"
) -> Callable[[str, random.Random], str | None]:
    """Return a function that replaces one of some words after a pattern by another of them."""
    any_of = re.compile(rf"(?<={behind})(?:{'|'.join(words)})\b")

    def change(text: str, rng: random.Random) -> str | None:
        found = list(any_of.finditer(text))
        if not found:
            return None
        match = rng.choice(found)
        word = rng.choice([word for word in words if word != match.group()])
        return f"{text[: match.start()]}{word}{text[match.end() :]}"

    return change


ALTERED: dict[str, Callable[[str, random.Random], str | None]] = {
    "figures": other_figure,
    "months": other_word([month for month in calendar.month_name if month and month != "May"]),
    "weekdays": other_word(list(calendar.day_name)),
    "scales": other_word(["million", "billion", "trillion"], behind=r"\d "),
    "units": other_word(["days", "weeks", "months", "hours", "years", "minutes"], behind=r"\d "),
    "times of day": other_time,
    "ordinals": other_word(["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]),
    "numbers in words": other_word(["two", "three", "four", "five", "six", "seven", "eight"]),
}


def main() -> None:
    """Print a row for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    data = need(options.data)
    sets = {
        "ntrex-dev": articles(data, "ntrex-dev-docs.json", 1),
        "flores-devtest": articles(data, "flores-devtest-docs.json", 1),
        "alt-dev": lines_as_articles(data, "alt-dev.tsv"),
    }
    rng, embedder = random.Random(0), load_embedder()
    for name, lot in sets.items():
        beads = [(" ".join(vi), " ".join(en)) for article in lot for vi, en in article]
        altered = {
            kind: [(vi, other) for vi, en in beads if (other := change(en, rng))]
            for kind, change in ALTERED.items()
        }
        lost = {f"in {LANGUAGES[lang]}": one_negation_less(beads, lang) for lang in LANGS}
        lower = {f"in {LANGUAGES[lang]}": other_rank(beads, lang) for lang in LANGS}
        kinds: tuple[tuple[FindingKind, Cases], ...] = (
            ("figure", altered),
            ("negation", lost),
            ("rank", lower),
            ("opposite", {"in Vietnamese": opposite(beads)}),
        )
        for kind, cases in kinds:
            found = findings(beads, embedder, kind)
            shares = [
                f"{what} {len(findings(wrong, embedder, kind)) / len(wrong):.3f} of {len(wrong)}"
                for what, wrong in cases.items()
                if wrong
            ]
            print(
                f"{name:15} {len(beads)} beads, {len(found)} with a finding of {kind}   found of "
                f"{', '.join(shares)}"
            )
            for at, here in sorted(found.items()) if options.list else ():
                print(f"  {here[0].message}\n    {beads[at][0]}\n    {beads[at][1]}")


if __name__ == "__main__":
    main()
