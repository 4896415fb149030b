"""From articles to pairs to bitexts, through the stages in `alignment` and `embed`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from zlib import crc32

from aligner.alignment.background import Background
from aligner.alignment.comparable import link_comparable
from aligner.alignment.left_over import with_left_over
from aligner.alignment.pairing import score_pairs, strong_pairs
from aligner.alignment.parallel import choose_beads, judged_beads
from aligner.alignment.relation import judge_relation
from aligner.alignment.side import Side, make_side
from aligner.embed.adapter import adapter_version
from aligner.embed.background import load_background
from aligner.embed.reading import read_overlap
from aligner.errors import ArticleError
from aligner.model import (
    LANGUAGES,
    RELATIONS,
    Article,
    ArticlePair,
    Bead,
    Bitext,
    Document,
    Relation,
    RelationChoice,
    check_several,
)
from aligner.package_data import data_folder
from aligner.progress import progress
from aligner.settings import (
    ComparableSettings,
    PairingSettings,
    ParallelSettings,
    RelationSettings,
    TermSettings,
)
from aligner.text.document import segment
from aligner.text.normalise import tidy
from aligner.vectors import Embedder


def pair(
    articles: Sequence[Article | Document],
    embedder: Embedder,
) -> list[ArticlePair]:
    """Return the pairs of articles about one event, ordered by Vietnamese name and score.

    An article may be in several pairs or in none. Raises ModelError if the model is missing.
    """
    check_several("articles", articles)
    return rated_pairs(articles, embedder)[0]


def rated_pairs(
    articles: Sequence[Article | Document], embedder: Embedder
) -> tuple[list[ArticlePair], list[ArticlePair]]:
    """Return the pairs of articles about one event, and further ones that are too weak."""
    settings = PairingSettings()
    documents = [_document(article) for article in articles]
    vi = [document for document in documents if document.lang == "vi" and document.sentences]
    en = [document for document in documents if document.lang == "en" and document.sentences]
    background = load_background(embedder)
    read = progress(vi + en, "reading articles", unit="article")
    sides = [_side(document, embedder, background) for document in read]
    watch = partial(progress, what="comparing articles", unit="pair")
    scores = score_pairs(sides[: len(vi)], sides[len(vi) :], settings, watch)
    kept = strong_pairs(scores, settings)
    strong: list[ArticlePair] = []
    weak: list[ArticlePair] = []
    for (i, j), score in scores.items():
        if score >= settings.min_score:
            found = ArticlePair(vi[i], en[j], score, "found by content")
            (strong if (i, j) in kept else weak).append(found)
    for pairs in (strong, weak):
        pairs.sort(key=lambda pair: (pair.vi.name, -pair.score, pair.en.name))
    return strong, weak


def align(
    vi: Article | Document,
    en: Article | Document,
    embedder: Embedder,
    relation: RelationChoice = "auto",
) -> Bitext:
    """Align a Vietnamese and an English article, which may be given in either order.

    `relation` is "parallel" for a translation (in order, many-to-many), "comparable" for two
    reports of one event (links in any order), or "auto" to find out. Raises ArticleError if both
    are in one language or one has no sentence, ModelError if the model is missing.
    """
    first, second = _document(vi), _document(en)
    if first.lang == second.lang:
        language = LANGUAGES[first.lang]
        raise ArticleError(second.name, f"is {language}, as {first.name} is; give one of each")
    if first.lang == "en":
        first, second = second, first
    for document in (first, second):
        if not document.sentences:
            raise ArticleError(document.name, "has no sentence left after cleaning")
    background = load_background(embedder)
    src = _side(first, embedder, background)
    tgt = _side(second, embedder, background)
    beads, found, reason = _align_sides(src, tgt, embedder, relation)
    return Bitext(first, second, tuple(beads), found, reason)


def align_sentences(
    vi: Sequence[str], en: Sequence[str], embedder: Embedder, relation: RelationChoice = "auto"
) -> list[Bead]:
    """Align sentences that are already split; the beads hold indices into the two lists."""
    check_several("vi", vi)
    check_several("en", en)
    background = load_background(embedder)
    src = make_side([tidy(text) for text in vi], "vi", embedder, background)
    tgt = make_side([tidy(text) for text in en], "en", embedder, background)
    return _align_sides(src, tgt, embedder, relation)[0]


def signature(embedder: Embedder) -> str:
    """Return the model, a digest of everything learned, and all settings, in one line."""
    stages = (
        ParallelSettings(),
        ComparableSettings(),
        RelationSettings(),
        PairingSettings(),
        TermSettings(),
    )
    model = f"model:{embedder.name}|adapter:{adapter_version(embedder.name)}"
    return "|".join([model, f"learned:{_learned()}", *(stage.signature() for stage in stages)])


@cache
def _learned() -> str:
    """Return a digest of all data files that ship with the algorithms."""
    digest = 0
    for package in ("alignment", "terms", "text"):
        tables = sorted(data_folder(package).iterdir(), key=lambda table: table.name)
        for table in tables:
            digest = crc32(table.read_bytes(), digest)
    return f"{digest:08x}"


def _align_sides(
    src: Side, tgt: Side, embedder: Embedder, relation: RelationChoice
) -> tuple[list[Bead], Relation, str]:
    if relation not in RELATIONS:
        raise ValueError(f"relation is {relation!r}; use one of {RELATIONS}")
    if relation == "comparable":
        return _linked(src, tgt, embedder), relation, "as chosen"
    choices = choose_beads(src, tgt, ParallelSettings())
    found: Relation = "parallel"
    reason = "as chosen"
    if relation == "auto":
        found, reason = judge_relation(choices, src, tgt, RelationSettings())
    if found == "comparable":
        return _linked(src, tgt, embedder), found, reason
    mended = with_left_over(choices, src, tgt, ParallelSettings())
    return judged_beads(mended, src, tgt), found, reason


def _linked(src: Side, tgt: Side, embedder: Embedder) -> list[Bead]:
    overlap = read_overlap(src.texts, tgt.texts, embedder)
    return link_comparable(src, tgt, ComparableSettings(), overlap)


def _document(article: Article | Document) -> Document:
    return article if isinstance(article, Document) else segment(article)


def _side(document: Document, embedder: Embedder, background: Background) -> Side:
    return make_side(document.texts, document.lang, embedder, background)
