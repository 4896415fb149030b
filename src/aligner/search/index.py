"""The index as its users see it: search by meaning and words, and a concordance of phrases."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType

from aligner.errors import QueryError, SearchError
from aligner.formats.path import StrPath
from aligner.model import Lang, Span, check_language, check_several
from aligner.search.first_look import FirstLook
from aligner.search.hits import Candidate, best_hits, counterpart_of
from aligner.search.meaning import Meaning
from aligner.search.phrase import Phrase, compile_phrase
from aligner.search.query import Query, read_query
from aligner.search.records import SCOPES, Found, Hit, Line, Scope, Source, languages_in
from aligner.search.sources import names_meant
from aligner.search.store import FILE, Store
from aligner.vectors import QueryEmbedder

FOLDER = "index"  # its name in a results folder
POOL = 50  # candidates that are judged by all of their signs, at least
PART = 500  # sentences of a concordance whose counterparts are fetched together


class Index:
    """An open index of everything aligned so far; a context manager, which closes it."""

    def __init__(self, folder: Path, embedder: QueryEmbedder | None = None) -> None:
        """Use `open`, which finds the folder."""
        self.folder = folder
        self._store = Store(folder / FILE)
        self._first_look = FirstLook(self._store, Meaning(self._store, embedder))

    @classmethod
    def open(cls, path: StrPath = "glossary", embedder: QueryEmbedder | None = None) -> Index:
        """Open the index of a results folder; the folder of the index itself will do as well.

        Queries are embedded by the model that made the index unless an embedder is given. Raises
        SearchError if there is no index; if another model made it, the first search does.
        """
        folder = Path(path)
        if not (folder / FILE).is_file() and (folder / FOLDER / FILE).is_file():
            folder = folder / FOLDER
        if (folder / FILE).is_file():
            index = cls(folder, embedder)
            if index._is_made():
                return index
            index.close()
        raise SearchError(
            f"{folder}: there is no index; make one with `aligner run`, or name the folder of the "
            "results"
        )

    def _is_made(self) -> bool:
        """Return whether an update was ever completed, and not interrupted the first time."""
        with self._store.translating_errors():
            return self._store.meta("model") is not None

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the files."""
        self._store.close()

    def __len__(self) -> int:
        """Return the number of sentences."""
        with self._store.translating_errors():
            return self._store.count()

    def sources(self) -> list[Source]:
        """Return the articles and memories in the index."""
        with self._store.translating_errors():
            return self._store.sources()

    def sources_in(self, asked: Collection[str] | None) -> list[str] | None:
        """Return the names of the articles and memories that files, folders or names stand for.

        An article is known by its path below the folder that was read (sub/a.txt). None asks for
        all sources, and is returned as it is. Raises QueryError if one of them is not in the index.
        """
        if asked is None:
            return None
        check_several("asked", asked)
        sources = self.sources()
        memories = {source.name for source in sources if source.kind == "memory"}
        articles = {source.name for source in sources} - memories
        found: set[str] = set()
        for text in asked:
            some = names_meant(Path(text), articles, memories)
            if not some:
                raise QueryError(
                    f"{text}: no article of it is in the index {self.folder}; run `aligner run` "
                    "on its folder first, or `aligner tmx` on a translation memory"
                )
            found |= some
        return sorted(found)

    def understand(self, query: str) -> Query:
        """Return a query as it will be searched. Raises QueryError if it holds no word."""
        with self._store.translating_errors():
            return read_query(query, self._store)

    def search(
        self,
        query: str | Query,
        k: int = 10,
        lang: Scope = "both",
        sources: Collection[str] | None = None,
    ) -> list[Hit]:
        """Return the k sentences that most likely are what is asked for, the surest first.

        The query is a sentence or a few words of either language. A sentence and its counterpart
        make one hit. `lang` and `sources` (names of articles and memories) restrict the search.

        Raises QueryError if the query holds no word, SearchError if the index was made by another
        model.
        """
        _check_scope(lang, sources)
        with self._store.reading():
            asked = read_query(query, self._store) if isinstance(query, str) else query
            count = max(POOL, 2 * min(k, self._store.count()))
            return best_hits(asked, self.candidates(asked, count, lang, sources), k)

    def candidates(
        self,
        query: Query,
        count: int,
        lang: Scope = "both",
        sources: Collection[str] | None = None,
    ) -> list[Candidate]:
        """Return the `count` sentences that a first look finds best, with all of their signs."""
        return self._first_look.candidates(query, count, lang, sources)

    def concordance(
        self,
        phrase: str | Phrase,
        lang: Scope = "both",
        sources: Collection[str] | None = None,
    ) -> Iterator[Line]:
        """Yield every occurrence of a phrase, in the order of articles and sentences.

        Raises QueryError if the phrase is empty, or is an expression that takes too long.
        """
        _check_scope(lang, sources)
        asked = compile_phrase(phrase) if isinstance(phrase, str) else phrase
        wanted = None if sources is None else frozenset(sources)
        with self._store.translating_errors():
            for part in languages_in(lang):
                places = (
                    (sentence, spans)
                    for sentence in self._holding(asked, part)
                    if wanted is None or sentence.source in wanted
                    if (spans := asked.spans(sentence.text, part))
                )
                while some := list(islice(places, PART)):
                    yield from self._lines(some)

    def _holding(self, phrase: Phrase, lang: Lang) -> Iterator[Found]:
        """Yield the sentences of a language in which a phrase may occur."""
        if not phrase.words:
            yield from self._store.all_sentences(lang)
            return
        words = " ".join(phrase.words)
        open_end = " *" if phrase.last_is_open else ""
        numbers = self._store.with_words(f'{lang} : "{words}"{open_end}')
        found = self._store.sentences(numbers)
        yield from sorted(found.values(), key=lambda f: (f.source, f.position))

    def _lines(self, places: Sequence[tuple[Found, Sequence[Span]]]) -> Iterator[Line]:
        beads = self._store.beads(sentence.id for sentence, _ in places)
        for sentence, spans in places:
            for start, end in spans:
                counterpart = counterpart_of(sentence, (start, end), beads.get(sentence.id, ()))
                yield Line(sentence, start, end, counterpart)


def _check_scope(lang: str, sources: Collection[str] | None) -> None:
    check_language("lang", lang, SCOPES)
    check_several("sources", sources)
