"""Term pairs as records for JSON lines, each with the conflicts that it takes part in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from aligner.formats.jsonl import rounded
from aligner.glossary import Glossary
from aligner.term_pair import Conflict


def term_records(glossary: Glossary, conflicts: Iterable[Conflict]) -> Iterator[dict[str, Any]]:
    """Yield one dictionary for each pair, in the order of the glossary.

    Its keys are id, vi, en, kind, status, confidence, consistency, count, articles, variants,
    conflicts and evidence.
    """
    by_id: defaultdict[str, list[Conflict]] = defaultdict(list)
    for conflict in conflicts:
        for pair in conflict.pairs:
            by_id[pair.id].append(conflict)
    for pair in glossary:
        yield {
            "id": pair.id,
            "vi": pair.vi,
            "en": pair.en,
            "kind": pair.kind,
            "status": pair.status,
            "confidence": rounded(pair.confidence),
            "consistency": rounded(pair.consistency),
            "count": pair.count,
            "articles": pair.articles,
            "variants": {"vi": list(pair.variants.vi), "en": list(pair.variants.en)},
            "conflicts": [
                {"kind": c.kind, "term": c.term, "preferred": c.preferred, "reason": c.reason}
                for c in by_id[pair.id]
            ],
            "evidence": [asdict(seen) for seen in pair.evidence],
        }
