"""What others said of what a speaker is asked about, in articles that name the speaker."""

from __future__ import annotations

from collections.abc import Sequence, Set

from indexer.query import EVERYTHING, Not, Or, Query, Words, all_of, any_of
from indexer.search import matching, ranking
from indexer.search.searcher import EngineQuery, RankedDocument, Searcher, best_reranked
from indexer.search.spellings import spelt


def said_by_others(
    searcher: Searcher[EngineQuery], speakers: Sequence[Query], rest: Sequence[Query], words: Sequence[Words], most: int
) -> tuple[list[RankedDocument], Set[int]]:
    """The quotations of others that contain enough of the words, those with all of them first, and the numbers of
    those. speakers: the parts that ask for the speaker; rest: what else quotations must match."""
    def found(*parts: Query) -> EngineQuery:
        return searcher.matching(spelt(all_of(parts)))

    naming = [matching.naming(part, searcher.names) for part in speakers]
    about = (*rest, *naming, *map(Not, speakers), any_of(words) or EVERYTHING)
    enough = searcher.containing_enough(words, found(*about), found(Or(())), most + ranking.RERANKED)
    best = best_reranked(searcher, enough, [word.text for word in words])
    if len(words) < 2:
        return best, {each.number for each in best}
    whole, = searcher.matched([found(*words)], best)
    return sorted(best, key=lambda each: each.number not in whole), whole
