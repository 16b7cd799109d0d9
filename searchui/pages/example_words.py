"""Words, names and years of the archive itself, so that every example on the help page finds something."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from indexer import EVERYTHING, STOP_WORDS, Engine, Words
from searchui.pages.home import VERB_ENDINGS, most_quoted, topics

_HEADLINES = 400                  # the newest
_WORDS = 3                        # subjects that the examples need
_TRIED = 10                       # subjects of which one is looked for that somebody speaks of
_PAIR = re.compile(r"(?=\b([A-Z][a-z]{3,}) ([A-Z][a-z]{3,})\b)")


@dataclass(frozen=True, slots=True)
class ExampleWords:
    """What the usual examples, which are of the sample archive, are replaced by: word → word, or phrase → phrase."""

    replacements: tuple[tuple[str, str], ...] = ()

    def in_place(self, example: str) -> str:
        """The example with words of the archive."""
        found = dict(self.replacements)
        if not found:
            return example
        longest = sorted(found, key=len, reverse=True)
        either = re.compile(rf"\b({'|'.join(map(re.escape, longest))})\b")
        return either.sub(lambda word: found[word.group()], example)


def example_words(engine: Engine) -> ExampleWords:
    """None are replaced where the archive is too small to tell what it is about."""
    words = [word for word in topics(engine, 40) if not word.endswith(VERB_ENDINGS)]
    people = most_quoted(engine)
    stats = engine.stats()
    if len(words) < _WORDS or len(people) < 2 or not stats["first"]:
        return ExampleWords()
    one, speaker = next(((word, who) for word in words[:_TRIED] if (who := _who_says(engine, word))), ("", ""))
    if not one:
        return ExampleWords()
    two, three = [word for word in words if word != one][:_WORDS - 1]
    authors = engine.search(EVERYTHING, kind="article", per_page=1, facets=("author_id",)).facets["author_id"]
    author = next((each.value for each in authors if each.value), "")
    first, last = int(stats["first"][:4]), int(stats["last"][:4])
    middle = (first + last) // 2
    replaced = {
        "ferry": one, "bridge": two, "toll": three, "fares": one, "ferries": one, "rent": one,
        "flood": one[:max(3, len(one) - 2)], "sea wall": _phrase(engine) or f"{one} {two}",
        "Ruth Adeyemi": people[0].name, "Adeyemi": speaker, "mentions:Adeyemi": f'mentions:"{people[1].name}"',
        "2009": str(first), "2010": str(first), "2011": str(middle), "2012": str(middle), "2014": str(last),
        "2015": str(middle), **({"Nadia Okafor": author} if author else {}),
    }
    return ExampleWords((*replaced.items(), ("ferry fares", f"{one} {two}")))


def _who_says(engine: Engine, word: str) -> str:
    """The name of the person who is quoted most with a word; "" if nobody is."""
    found = engine.search(Words(word), kind="quotation", per_page=1, facets=("speaker_id",)).facets["speaker_id"]
    return next((each.label for each in found if each.value), "")


def _phrase(engine: Engine) -> str:
    """Two words that stand together in more headlines than any others and are nobody's name."""
    pairs: Counter[str] = Counter()
    names: set[str] = set()
    for hit in engine.search(EVERYTHING, kind="article", sort="newest", per_page=_HEADLINES).hits:
        pairs.update({f"{one} {two}".lower() for one, two in _PAIR.findall(hit.document["title"])})
        names.update(word.lower() for person in hit.document["people"] for word in person["name"].split())
    good = (pair for pair, count in pairs.most_common(200)
            if count > 1 and not set(pair.split()) & (names | STOP_WORDS))
    return next(good, "")
