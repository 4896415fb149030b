"""The index as its users see it: search by meaning and words, and a concordance of phrases."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path
from types import TracebackType
from typing import Literal, get_args

from aligner.errors import QueryError, SearchError
from aligner.formats.path import StrPath
from aligner.model import LANGS, Lang, Span, check_language, check_several
from aligner.search.hits import Candidate, best_hits, counterpart_of
from aligner.search.meaning import Meaning
from aligner.search.phrase import Phrase, compile_phrase
from aligner.search.query import Query, read_query
from aligner.search.records import Found, Hit, Line, Source
from aligner.search.relevance import Judge, chance
from aligner.search.sources import names_meant
from aligner.search.store import FILE, Store
from aligner.vectors import QueryEmbedder

FOLDER = "index"  # its name in a results folder
POOL = 50  # candidates that are judged by all of their signs, at least
PART = 500  # sentences of a concordance whose counterparts are fetched together
RARE = 250  # sentences that the rarer words of a query may occur in, in all
FEW = 6  # the most words in a query that is also looked for word for word and by its renderings

Scope = Literal["vi", "en", "both"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


class Index:
    """An open index of everything aligned so far; a context manager, which closes it."""

    def __init__(self, folder: Path, embedder: QueryEmbedder | None = None) -> None:
        """Use `open`, which finds the folder."""
        self.folder = folder
        self._store = Store(folder / FILE)
        self._meaning = Meaning(self._store, embedder)

    @classmethod
    def open(cls, path: StrPath = "glossary", embedder: QueryEmbedder | None = None) -> Index:
        """Open the index of a results folder; the folder of the index itself will do as well.

        Queries are embedded by the model that made the index unless an embedder is given. Raises
        SearchError if there is no index. That it was made by another model than the one given
        becomes known at the first search.
        """
        folder = Path(path)
        if not (folder / FILE).is_file() and (folder / FOLDER / FILE).is_file():
            folder = folder / FOLDER
        if not (folder / FILE).is_file():
            raise SearchError(
                f"{folder}: there is no index; make one with `aligner run`, or name the folder of "
                "the results"
            )
        return cls(folder, embedder)

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
        with self._store.plainly():
            return self._store.count()

    def sources(self) -> list[Source]:
        """Return the articles and memories in the index."""
        with self._store.plainly():
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
        with self._store.plainly():
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
        """Return the `count` sentences that a first look finds best, with all of their signs.

        The first look covers every sentence that is near the query in meaning or shares words with
        it, and takes into account neither counterparts nor names and numbers.
        """
        judge = Judge.of(query.text, query.words)
        near = self._near(query, count, lang, sources)
        sentences = self._store.sentences(near)
        glances = {
            number: chance(judge.first_signs(near[number], sentence))
            for number, sentence in sentences.items()
        }
        best = sorted(glances, key=lambda number: (-glances[number], number))[:count]
        beads = self._store.beads(best)
        found = []
        for number in best:
            bead = next(iter(beads.get(number, ())), None)
            signs = judge.signs(near[number], sentences[number], bead)
            found.append(Candidate(sentences[number], bead, signs))
        return found

    def _near(
        self, query: Query, count: int, lang: Scope, sources: Collection[str] | None
    ) -> dict[int, float]:
        """Return the sentences that are near a query or share words with it: margins by id."""
        vector = self._meaning.encode(query)
        near: dict[int, float] = {}
        for part in LANGS:
            if lang not in (part, "both"):
                continue
            only = None if sources is None else self._store.sentence_ids(sources, part)
            by_meaning = self._meaning.near(vector, query.lang, part, count, only)
            by_words = self._with_words(query, part, count)
            if part != query.lang and len(query.words.units) <= FEW:
                by_words += self._rendering(query, part)
            if only is not None:
                by_words = sorted(set(by_words).intersection(only))
            # A sentence found by its words alone is no nearer than the last one found by meaning.
            last = min(by_meaning.values(), default=0.0)
            near |= dict.fromkeys(by_words, last) | by_meaning
        return near

    def _with_words(self, query: Query, lang: Lang, count: int) -> list[int]:
        """Return the sentences of a language with the rarer words of a query, the best first.

        If all words of a short query are common, return the sentences that hold it word for word.
        """
        frequencies = self._store.frequencies(query.words.weights, lang)
        known = [word for word in query.words.weights if frequencies[word]]
        known.sort(key=lambda word: -query.words.weights[word])
        read = list(accumulate(frequencies[word] for word in known))
        rare = [f'"{word}"' for word, count in zip(known, read, strict=True) if count <= RARE]
        if rare:
            return self._store.with_words(f"{lang} : ({' OR '.join(rare)})", count, best=True)
        if known and len(query.words.tokens) <= FEW:
            whole = " ".join(token.plain for token in query.words.tokens)
            return self._store.with_words(f'{lang} : "{whole}"', count)
        return []

    def _rendering(self, query: Query, lang: Lang) -> list[int]:
        """Return at most RARE sentences of the other language that may render a query's words."""
        end = "*" if lang == "en" else ""
        rows = query.words.renderings()
        parts = [
            f" {'AND' if end else '+'} ".join(f'"{word}"{end}' for word in row) for row in rows
        ]
        if not parts:
            return []
        return self._store.with_words(f"{lang} : ({' OR '.join(f'({p})' for p in parts)})", RARE)

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
        with self._store.plainly():
            for part in LANGS:
                if lang not in (part, "both"):
                    continue
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
