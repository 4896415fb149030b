"""Keeps the token vectors of the latest texts, which several stages use one after the other."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

from aligner.vectors import TokenRows

TOKENS = 20_000  # most tokens that are kept: those of two long reports, 60 MB


class RecentTokens:
    """Keeps the tokens of texts while there is room; the least recently used go first.

    `read` returns the tokens of texts, in their order.
    """

    def __init__(self, read: Callable[[Sequence[str]], list[TokenRows]]) -> None:
        self._read = read
        self._held: OrderedDict[str, TokenRows] = OrderedDict()
        self._tokens = 0

    def __call__(self, texts: Sequence[str]) -> list[TokenRows]:
        """Return the tokens of each text; only texts that are not kept are read, each once."""
        found = {text: self._held[text] for text in texts if text in self._held}
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        found.update(zip(missing, self._read(missing) if missing else [], strict=True))
        for text, tokens in found.items():
            self._hold(text, tokens)
        return [found[text] for text in texts]

    def _hold(self, text: str, tokens: TokenRows) -> None:
        if text not in self._held:
            self._tokens += len(tokens.rows)
        self._held[text] = tokens
        self._held.move_to_end(text)
        while self._tokens > TOKENS:
            _, gone = self._held.popitem(last=False)
            self._tokens -= len(gone.rows)
