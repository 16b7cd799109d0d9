"""The articles of the ledger with the keeper's corrections laid over them: what everything after reading works with.

The ledger keeps what was found by reading, so that a correction holds whoever reads an article again, and one that is
taken out leaves nothing behind.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from indexer.build.ledger import Ledger, Source, Totals
from indexer.corrections import CORRECTIONS_FILE, Applied, Correction, Corrections, apply
from indexer.identity import ArticleNames
from indexer.models import Annotated, Person


class CorrectedArticles:
    """What Ledger gives of articles, corrected. Make it when the ledger is up to date."""

    def __init__(self, ledger: Ledger, corrections: Corrections) -> None:
        self._ledger = ledger
        self._corrections = corrections
        self._applied: dict[str, Applied] = {}
        self._added: dict[str, tuple[Person, ...]] = {}
        self._fewer: Counter[bool] = Counter()         # what is taken out, quotations and reported speech
        for found in ledger.annotated_of(corrections.articles()) if corrections else ():
            id, applied = found.article.id, apply(found, corrections.of(found.article.id))
            self._applied[id] = applied
            self._added[id] = applied.annotated.people[len(found.people):]
            self._fewer.update(each.is_reported for each in found.quotations)
            self._fewer.subtract(each.is_reported for each in applied.annotated.quotations)

    def annotated(self) -> Iterator[Annotated]:
        """Every article with its people and quotations, in the order of their paths."""
        return map(self._corrected, self._ledger.annotated())

    def annotated_of(self, ids: Collection[str]) -> Iterator[Annotated]:
        """The articles of these ids, in the order of their paths."""
        return map(self._corrected, self._ledger.annotated_of(ids))

    def _corrected(self, found: Annotated) -> Annotated:
        applied = self._applied.get(found.article.id)
        return applied.annotated if applied else found

    def names(self) -> Iterator[ArticleNames]:
        """Whom every article names, without places and texts."""
        for names in self._ledger.names():
            yield names._replace(people=(*names.people, *self._added.get(names.article, ())))

    def names_digest(self) -> str:
        """Equal as long as names gives the same."""
        added = sorted((id, people) for id, people in self._added.items() if people)
        return hashlib.sha256(f"{self._ledger.names_digest()} {ascii(added)}".encode()).hexdigest()

    def sources(self) -> Iterable[Source]:
        """Every article, in the order of their paths."""
        return [source._replace(corrected=self._corrections.digest(source.id)) for source in self._ledger.sources()]

    def totals(self) -> Totals:
        """What all articles hold together."""
        found = self._ledger.totals()
        quotations, reported = found.quotations - self._fewer[False], found.reported - self._fewer[True]
        return found._replace(quotations=quotations, reported=reported)

    def corrected(self) -> int:
        """How many quotations are corrected, or taken out."""
        return sum(each.corrected for each in self._applied.values())

    def gone(self) -> tuple[tuple[str, str], ...]:
        """The corrections that mean no quotation: file and line, and what is wrong."""
        found = [(each, _words_gone(each)) for applied in self._applied.values() for each in applied.gone]
        for article in self._corrections.articles() - self._applied.keys():
            found += [(each, f"there is no article {article} in the archive") for each in self._corrections.of(article)]
        return tuple((f"{CORRECTIONS_FILE}:{each.line}", f"{reason}. Mend the entry, or take it out.")
                     for each, reason in sorted(found, key=lambda each: each[0].line))


def _words_gone(correction: Correction) -> str:
    beginning = " ".join(correction.words.split())
    shown = beginning if len(beginning) <= 60 else f"{beginning[:60]}…"
    which = f"{correction.occurrence} quotations" if correction.occurrence > 1 else "a quotation"
    return f"{correction.article} does not hold {which} of these words: {shown}"
