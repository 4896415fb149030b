"""Applies a reviewer's decisions to term pairs, and keeps them when pairs are extracted again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from aligner.term_pair import Decision, State, Status, TermPair, plain_text

_CORRECTED = "corrected to "  # begins the note of a pair whose words a reviewer corrected
_IS_CORRECTED = re.compile(rf"{_CORRECTED}.+ = .+", re.DOTALL)


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Return decisions in an order that makes the result independent of that of the rows.

    Corrections may form a chain: A becomes B, and B becomes C. The end of a chain comes first, so
    that the row about a pair precedes a row that is corrected into that pair.
    """
    given = list(decisions)
    targets = {d.id: d.target for d in given}

    def steps(decision: Decision) -> int:
        here, seen = decision.id, {decision.id}
        while (target := targets.get(here)) is not None and target not in seen:
            seen.add(target)
            here = target
        return len(seen)

    return sorted(given, key=steps)


def decide(pairs: dict[str, TermPair], decision: Decision) -> None:
    """Apply one decision to the pairs, which are given by id and changed in place.

    Corrected words make a new pair, which is approved unless the decision says otherwise; the old
    pair is rejected, with a note that names the correction.
    """
    if decision.target == decision.id:
        known, said = _about_itself(pairs.get(decision.id), decision)
    else:
        known, said = _corrected(pairs, decision)
    vi, en = _respelt(known.vi, said.vi), _respelt(known.en, said.en)
    status = said.status
    if (vi, en) != (known.vi, known.en) and status == "candidate":
        status = "approved"  # correcting as little as a capital approves the pair
    pairs[decision.target] = replace(
        known,
        vi=vi,
        en=en,
        status=status,
        note=said.note,
        preferred=known.preferred if said.preferred is None else said.preferred,
    )


def _about_itself(known: TermPair | None, decision: Decision) -> tuple[TermPair, Decision]:
    """Return the pair of a row whose words still match its Id, and the row's full decision.

    In the full decision, cells that nobody touched say what the pair says by now.
    """
    untouched = decision.untouched
    if known is None:
        if "status" in untouched and not decision.typed:
            # The pair is no longer in the table, and the row only has a note.
            decision = replace(decision, status="candidate")
        return _typed(decision, None), decision
    wants = decision.typed and "words" not in untouched and known.status != "forbidden"
    return known, replace(
        decision,
        vi=known.vi if "words" in untouched else decision.vi,
        en=known.en if "words" in untouched else decision.en,
        status=known.status if "status" in untouched and not wants else decision.status,
        note=known.note if "note" in untouched else decision.note,
        preferred=known.preferred if "preferred" in untouched else decision.preferred,
    )


def _corrected(pairs: dict[str, TermPair], decision: Decision) -> tuple[TermPair, Decision]:
    """Reject the old pair; return the pair of the corrected words, and the row's full decision.

    Correcting words approves the new pair, even in a row that an earlier correction had rejected.
    If the new pair was decided before, cells that nobody touched leave that decision as it is.
    """
    old, untouched, note = pairs.get(decision.id), decision.untouched, decision.note
    struck_out = "status" in untouched and _IS_CORRECTED.fullmatch(note)
    status: Status = decision.status
    if status == "candidate" or struck_out:
        status = "approved"
    if old is not None:
        if "note" in untouched:
            note = "" if _IS_CORRECTED.fullmatch(old.note) else old.note
        said = f"{_CORRECTED}{decision.vi} = {decision.en}"
        pairs[old.id] = replace(old, status="rejected", note=said, preferred=False)
    known = pairs.get(decision.target)
    if known is None:
        decision = replace(decision, status=status)
        return _typed(decision, old), replace(decision, note=note)
    has_status = known.status != "candidate" and not _IS_CORRECTED.fullmatch(known.note)
    if has_status and "status" in untouched:
        status = known.status
    note, preferred = _both_notes(known.note, note), known.preferred or decision.preferred
    return known, replace(decision, status=status, note=note, preferred=preferred)


def _typed(decision: Decision, old: TermPair | None) -> TermPair:
    """Return a pair that a person wrote, with the old pair's evidence as far as it fits.

    Without an old pair, and if nothing is said about it, the pair is one that was extracted once.
    """
    vi, en = decision.vi, decision.en
    if old is None:
        said = decision.status != "candidate" or decision.note or decision.preferred
        return TermPair(vi, en, state="typed" if said else "lost")
    marked = [
        replace(seen, vi_term=_as_spelt(vi, seen.vi), en_term=_as_spelt(en, seen.en))
        for seen in old.evidence
    ]
    both = [seen for seen in marked if seen.vi_term and seen.en_term]
    # The other sentences made the reviewer find a better word, and so show how it is used.
    context = [seen for seen in marked if seen not in both and decision.status == "approved"]
    return TermPair(
        vi,
        en,
        old.kind,
        count=len(both),
        articles=len({(seen.vi_name, seen.en_name) for seen in both}),
        evidence=(*both, *context),
        reason=f"corrected from {old.vi} = {old.en}",
        state="typed",
    )


def _as_spelt(term: str, sentence: str) -> str:
    """Return a term as a sentence spells it, "" if it does not contain the term."""
    found = re.search(rf"(?<!\w){re.escape(term)}(?!\w)", sentence, re.IGNORECASE)
    return found.group() if found else ""


def _both_notes(known: str, said: str) -> str:
    if _IS_CORRECTED.fullmatch(known) or not known:
        return said
    if not said or f"; {said}; " in f"; {known}; ":
        return known
    return f"{known}; {said}"


def _respelt(known: str, said: str) -> str:
    """Return what the reviewer wrote, unless it differs from what is known only in typography."""
    return known if plain_text(known) == plain_text(said) else said


def updated(known: TermPair, fresh: TermPair) -> TermPair:
    """Return a pair as it was extracted now, with the decision about the known one.

    If there is a decision, the spelling is that of the known pair too.
    """
    state: State = "known" if known.state in ("lost", "typed") else known.state
    decided = known.is_decided
    return replace(
        fresh,
        vi=known.vi if decided else fresh.vi,
        en=known.en if decided else fresh.en,
        status=known.status,
        note=known.note,
        preferred=known.preferred,
        state=state,
    )


def without_evidence(pair: TermPair) -> TermPair:
    """Return a pair that was not extracted again: it is lost, unless a person typed it."""
    if pair.state == "typed":
        return pair
    return replace(pair, state="lost", count=0, articles=0, evidence=())
