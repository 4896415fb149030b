"""Measures what `check` says of figures: of translations as they are, and with one altered.

python benchmarks/figures.py [--data ../shared/data]

Every gold bead of ntrex-dev, flores-devtest and alt-dev is a text of its own. In the altered ones
one digit of one English figure of two digits and more is another, or a month, a day of the week, a
million or billion, a unit of time or a number in words: found is the share of those with a finding.
`--list` prints the findings of the translations as they are, to be read.
"""

from __future__ import annotations

import argparse
import calendar
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from aligner.glossary import Glossary
from aligner.model import Bead, Bitext
from aligner.term_pair import Finding
from aligner.terms.check import check
from aligner.text.figures import figures
from data_sets import DEFAULT_DATA, articles, document, lines_as_articles, need


def findings(vi: str, en: str) -> list[Finding]:
    """Return the findings of one bead."""
    texts = document("vi", "vi", [vi]), document("en", "en", [en])
    return check(Bitext(*texts, (Bead((0,), (0,), 1.0),), "parallel", "gold"), Glossary(()))


def other_figure(text: str, rng: random.Random) -> str | None:
    """Return an English text with one digit of a figure changed, None where there is no figure."""
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
    """Return what puts another of some words for one that stands in a text, behind a pattern."""
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
    "numbers in words": other_word(["two", "three", "four", "five", "six", "seven", "eight"]),
}


def main() -> None:
    """Print a row a set."""
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
    rng = random.Random(0)
    for name, lot in sets.items():
        beads = [(" ".join(vi), " ".join(en)) for article in lot for vi, en in article]
        found = [(vi, en, finding) for vi, en in beads for finding in findings(vi, en)]
        shares = []
        for kind, change in ALTERED.items():
            wrong = [(vi, other) for vi, en in beads if (other := change(en, rng))]
            caught = sum(bool(findings(vi, en)) for vi, en in wrong)
            shares.append(f"{kind} {caught / len(wrong):.3f} of {len(wrong)}")
        print(f"{name:15} {len(beads)} beads, {len(found)} findings   found of {', '.join(shares)}")
        for vi, en, finding in found if options.list else ():
            print(f"  {finding.message}\n    {vi}\n    {en}")


if __name__ == "__main__":
    main()
