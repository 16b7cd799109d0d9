"""The form of a correction: what it shows of a quotation, and what was filled in as a correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer import (
    Correction, CorrectionError, Document, Engine, NotFound, checked_correction, read_corrections, written_words,
)

# What may be right, and how the form asks for it.
WHO = {
    "speaker": "It was said by:",
    "unknown": "The speaker is unknown",
    "not_a_quotation": "It is not a quotation",
    "as_found": "The speaker is right",
    "withdraw": "The correction is wrong: undo it",
}
SPEAKER_KINDS = {
    "": "a person, unless the article says otherwise", "person": "a person", "organisation": "an organisation",
    "unnamed": "an unnamed source, such as a witness",
}
STANCES = {"said": "It was said", "denied": "It was denied: the article reports that it was not said",
           "hypothetical": "It is hypothetical: the article only imagines it"}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation that is to be corrected, and what is known of it already."""

    document: Document
    occurrence: int
    before: Correction | None
    names: tuple[str, ...]        # of the people of the article, to choose from

    @property
    def words(self) -> str:
        return written_words(self.document["said"])

    def correction(self, **values: str | bool) -> Correction:
        """The correction of these words. Raises CorrectionError."""
        place = {"occurrence": self.occurrence} if self.occurrence else {}
        return checked_correction({"article": self.document["article_id"], "words": self.words, **place, **values})

    @property
    def place(self) -> str:
        """Equal as long as the same words stand at this number."""
        return Correction(self.document["article_id"], self.words, self.occurrence).key


@dataclass(frozen=True, slots=True)
class Filled:
    """What is in the fields."""

    who: str = "speaker"
    speaker: str = ""
    speaker_kind: str = ""
    stance: str = "said"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A correction in a list: its words, what it says in words, and what asks for it to be taken back."""

    correction: Correction
    article_url: str
    meaning: str
    form: str


def meaning(correction: Correction) -> str:
    """What a correction says, in words: "said by Ruth Adeyemi"."""
    if correction.not_a_quotation:
        return "no quotation"
    stance = correction.stance or ("said" if correction.speaker or correction.unknown else "")
    who = f"by {correction.speaker}" if correction.speaker else "nobody knows by whom" if correction.unknown else ""
    return " ".join(filter(None, ("not said" if stance == "denied" else stance, who)))


def place_of(correction: Correction) -> str:
    """What a correction is known by among all."""
    return f"{correction.article} {correction.key} {correction.occurrence}"


def quoted(engine: Engine, id: str, corrections: Path) -> Quoted:
    """The quotation of an id, such as ben-castellan/ferry#q3. Raises NotFound; ConfigError for the file."""
    article = engine.get("article", id.rpartition("#")[0])
    said = engine.quotations_of(article["id"])
    ids = [each["id"] for each in said]
    if id not in ids:
        raise NotFound(f"There is no quotation {id[:200]} in this archive.")
    at = ids.index(id)
    occurrence, before = read_corrections(corrections).meant(article["id"], [each["said"] for each in said], at + 1)
    return Quoted(said[at], occurrence, before, _names(article, said))


def _names(article: Document, said: Sequence[Document]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(each["speaker"] for each in said if each["speaker"]),
                                *(each["name"] for each in article["people"])]))


def filled_before(quotation: Quoted) -> Filled:
    """The fields as the form is first shown."""
    before = quotation.before
    if before is None:
        return Filled(stance=quotation.document["stance"])
    who = "unknown" if before.unknown else "speaker" if before.speaker else "as_found"
    return Filled(who, before.speaker, before.speaker_kind or "", before.stance or "said", before.note)


def filled_in(fields: Mapping[str, str]) -> Filled:
    """The fields as they were sent."""
    return Filled(*(fields.get(name, "") for name in ("who", "speaker", "speaker_kind", "stance", "note")))


def corrected(quotation: Quoted, filled: Filled) -> Correction:
    """The correction that was filled in. Raises CorrectionError."""
    values: dict[str, str | bool] = {}
    if filled.who == "speaker":
        if not filled.speaker.strip():
            raise CorrectionError("Fill in who said it.", "speaker")
        values = {"speaker": filled.speaker, "speaker_kind": filled.speaker_kind}
    elif filled.who in ("unknown", "not_a_quotation"):
        values = {filled.who: True}
    elif filled.who != "as_found":
        raise CorrectionError("Choose what is so: " + "; ".join(WHO.values()), "who")
    if filled.who != "not_a_quotation" and (filled.stance != "said" or filled.who == "as_found"):
        values["stance"] = filled.stance
    values["note"] = filled.note.strip()
    return quotation.correction(**{name: value for name, value in values.items() if value != ""})
