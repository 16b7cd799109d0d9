"""corrections.toml: what is read of it, what is refused with its line, and what the program writes into it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from indexer.corrections import (
    Correction, checked_correction, correction_entry, occurrence_of, quotation_key, read_corrections,
    withdraw_correction, write_correction, written_words,
)
from indexer.errors import ConfigError, CorrectionError

ENTRY = '[[quotation]]\narticle = "a/ferry"\nwords = "The tide waits for no fare."\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corrections.toml"


@pytest.mark.parametrize(("written", "meant"), [
    ('speaker = "Ada Lovage"', {"speaker": "Ada Lovage"}),
    ('speaker = "the harbor board"\nspeaker_kind = "organisation"',
     {"speaker": "the harbor board", "speaker_kind": "organisation"}),
    ("unknown = true", {"unknown": True}),
    ('not_a_quotation = true\nnote = " A boat\'s name. "', {"not_a_quotation": True, "note": "A boat's name."}),
    ('stance = "denied"', {"stance": "denied"}),
    ('speaker = "Ada Lovage"\nstance = "hypothetical"\noccurrence = 2',
     {"speaker": "Ada Lovage", "stance": "hypothetical", "occurrence": 2}),
    ('unknown = false\nspeaker = "Ada Lovage"', {"speaker": "Ada Lovage"}),
])
def test_what_is_said_of_a_quotation(path: Path, written: str, meant: dict[str, object]) -> None:
    """Each of the ways in which something may be so."""
    path.write_text(ENTRY + written, "utf-8")
    found, = read_corrections(path).of("a/ferry")
    assert found == Correction("a/ferry", "The tide waits for no fare.", line=1, **meant)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "line", "says"), [
    (ENTRY, 1, "needs speaker, unknown = true, not_a_quotation = true or stance"),
    (ENTRY + 'speaker = "A B"\nunknown = true', 5, "speaker and unknown"),
    (ENTRY + 'not_a_quotation = true\nstance = "denied"', 5, "no stance"),
    (ENTRY + "speaker = 3", 4, "speaker must be a text"),
    (ENTRY + 'speaker = " "', 4, "speaker is empty"),
    (ENTRY + 'speaker = "A\\u0000B"', 4, "control character (U+0000)"),
    (ENTRY + 'speaker = "A B"\nnote = "a\\nb"', 5, "control character (U+000A)"),
    (ENTRY + f'speaker = "{"x" * 201}"', 4, "201 characters"),
    (ENTRY + 'unknown = "yes"', 4, "unknown must be true"),
    (ENTRY + 'stance = "perhaps"', 4, "said, denied, hypothetical"),
    (ENTRY + 'speaker = "A B"\nspeaker_kind = "robot"', 5, "person, organisation, unnamed"),
    (ENTRY + 'unknown = true\nspeaker_kind = "person"', 5, "it needs speaker"),
    (ENTRY + "unknown = true\noccurrence = 0", 5, "a number from 1"),
    (ENTRY + "unknown = true\noccurrence = true", 5, "a number from 1"),
    (ENTRY + 'unknown = true\nspeeker = "A B"', 5, "no such key 'speeker'"),
    ('[[quotation]]\nwords = "a b"\nunknown = true', 1, "needs article"),
    ('[[quotation]]\narticle = "a"\nunknown = true', 1, "needs words"),
    ('[[quotation]]\narticle = "a#q3"\nwords = "b"\nunknown = true', 2, "without # and the number"),
    ('[[quotation]]\narticle = "a"\nwords = "hash:12"\nunknown = true', 3, "sixteen"),
    (f'{ENTRY}unknown = true\n\n# again\n{ENTRY.replace("tide", "TIDE")}speaker = "A B"', 7, "in line 1 already"),
    ('quotation = "x"', 1, "write [[quotation]]"),
    ("quotation = [1]", 1, "write [[quotation]]"),
    ('# mine\n[quotations]\na = 1', 2, "no such section 'quotations'"),
    (ENTRY + "unknown = treu", 4, ""),
])
def test_mistakes_are_named_with_their_line(path: Path, text: str, line: int, says: str) -> None:
    """File, line and what to do."""
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as error:
        read_corrections(path)
    assert (error.value.path, error.value.line) == (str(path), line)
    assert says in str(error.value)


def test_a_text_that_looks_like_an_entry_moves_no_line(path: Path) -> None:
    """The lines of entries are those of the file, whatever their words are."""
    path.write_text(f'{ENTRY.replace("The tide waits for no fare.", "x")}unknown = true\n[[quotation]]\narticle = "b"\n'
                    'words = """\n[[quotation]]\n"""\nunknown = true\n' + ENTRY + "unknown = true", "utf-8")
    assert [each.line for article in ("a/ferry", "b") for each in read_corrections(path).of(article)] == [1, 11, 5]


@pytest.mark.parametrize(("one", "other", "same"), [
    ("The tide waits for no fare,", "“the tide waits\nfor no fare.”", True),
    ("Café O'Reilly", "Cafe OReilly", True),
    ("No.", "no", True),
    ("No.", "No, no.", False),
    ("…", "…", True),
    ("…", "?!", False),
])
def test_words_are_the_same_without_their_marks(one: str, other: str, same: bool) -> None:
    """A mended comma or another alphabet's accent does not part a correction from its quotation."""
    assert (quotation_key(one) == quotation_key(other)) is same
    assert quotation_key(f"hash:{quotation_key(one)}") == quotation_key(one)


def test_long_words_are_written_as_their_hash() -> None:
    """The entry shows how they begin."""
    said = "We shall see about that. " * 40
    written = written_words(said)
    entry = correction_entry(Correction("a", written, unknown=True), said)
    assert written == f"hash:{quotation_key(said)}"
    assert "     # We shall see about that. We shall" in entry


@pytest.mark.parametrize(("number", "taken_out", "occurrence"), [
    (1, (), 0), (2, (), 1), (3, (), 2), (2, (1,), 2), (3, (1,), 3), (2, (3,), 1), (3, (2,), 3), (1, (1,), 2),
])
def test_which_of_the_same_words(number: int, taken_out: tuple[int, ...], occurrence: int) -> None:
    """Of words quoted once, all are meant; those that a correction took out are counted."""
    assert occurrence_of(["Once.", "Yes,", "Yes."], number, taken_out) == occurrence


BEFORE = f"""# Kept by the night desk.

{ENTRY}speaker = "Ada Lovage"      # she rang us
# The next one is from the court.
[[quotation]]
article = "b"
words = "No."
unknown = true
"""


def test_writing_keeps_everything_else(path: Path) -> None:
    """Comments and other entries stay as they are; the entry of the same words is replaced."""
    path.write_text(BEFORE, "utf-8")
    path.chmod(0o640)
    write_correction(path, checked_correction({"article": "c", "words": "Yes.", "speaker": "Ada Lovage"}))
    new = '\n[[quotation]]\narticle = "c"\nwords = "Yes."\nspeaker = "Ada Lovage"\n'
    assert path.read_text("utf-8") == BEFORE + new
    write_correction(path, checked_correction({"article": "a/ferry", "words": "The tide waits for no fare",
                                               "unknown": True}))
    changed = BEFORE.replace('speaker = "Ada Lovage"      # she rang us', "unknown = true").replace("fare.", "fare")
    assert path.read_text("utf-8") == changed + new
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_withdrawing_takes_out_one_entry(path: Path) -> None:
    """The comment before the next entry stays with it."""
    path.write_text(BEFORE, "utf-8")
    withdraw_correction(path, checked_correction({"article": "a/ferry", "words": "The tide waits for no fare!",
                                                  "unknown": True}))
    left = BEFORE.replace(ENTRY, "").replace('speaker = "Ada Lovage"      # she rang us\n', "")
    assert path.read_text("utf-8") == left
    with pytest.raises(CorrectionError, match="has no correction of these words of a/ferry"):
        withdraw_correction(path, checked_correction({"article": "a/ferry", "words": "x", "unknown": True}))


@pytest.mark.parametrize("text", [
    'quotation = [{article = "a", words = "b", unknown = true}, {article = "a", words = "c", unknown = true}]\n',
    '[[quotation]]\narticle = "a"\nwords = "b"\nunknown = ',
    '[[quotation]]\rarticle = "a"\rwords = "b"\runknown = true\r',
])
def test_a_file_that_cannot_be_changed_stays(path: Path, text: str) -> None:
    """An entry is not forced into what is written otherwise, nor into what cannot be read."""
    path.write_bytes(text.encode())
    with pytest.raises(ConfigError):
        write_correction(path, checked_correction({"article": "a", "words": "b", "speaker": "A B"}))
    assert path.read_bytes() == text.encode()
    assert [each.name for each in path.parent.iterdir()] == [path.name]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60).filter(
    lambda text: bool(text.strip()))


@settings(max_examples=60)
@given(said=st.lists(st.tuples(TEXTS | st.just('"""\n[[quotation]]\n'), TEXTS, TEXTS), min_size=1, max_size=4,
                     unique_by=lambda each: quotation_key(f"x{each[0]}")))
def test_what_is_written_is_read_again(
    said: list[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the words, the speakers and the notes are; and when all are withdrawn, nothing is left."""
    path = tmp_path_factory.mktemp("written") / "corrections.toml"
    wanted = []
    for words, speaker, note in said:
        wanted.append(checked_correction({"article": "a", "words": f"x{words}", "speaker": speaker, "note": note}))
        write_correction(path, wanted[-1])
    held = read_corrections(path).of("a")
    assert [each.values() for each in held] == [each.values() for each in wanted]
    for each in held:
        withdraw_correction(path, each)
    assert path.read_text("utf-8").strip() == ""
