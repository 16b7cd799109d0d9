"""The command that corrects who said a quotation: correct."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from typing import get_args

import click

from indexer.commands import terminal
from indexer.commands.options import index_option
from indexer.commands.search_commands import opened
from indexer.corrections import (
    CORRECTIONS_FILE, Correction, checked_correction, correction_entry, read_corrections, withdraw_correction,
    write_correction, written_words,
)
from indexer.errors import CorrectionError, NotFound
from indexer.index_folder import current_build, report_of
from indexer.models import SpeakerKind, Stance
from indexer.search import Document, Snippet


@click.command()
@click.argument("quotation", metavar="ARTICLE#qN")
@click.option("--speaker", metavar="NAME", help="Who said it.")
@click.option("--speaker-kind", type=click.Choice(get_args(SpeakerKind)),
              help="What the speaker is; a person, unless the article says otherwise.")
@click.option("--unknown", is_flag=True, help="Nobody knows who said it.")
@click.option("--not-a-quotation", is_flag=True, help="Nobody is quoted there.")
@click.option("--stance", type=click.Choice(get_args(Stance)),
              help="Whether it was said; if it was denied or only supposed, --speaker is whose words they would be.")
@click.option("--note", metavar="TEXT", help="What readers should know about the correction; it is published.")
@click.option("--withdraw", is_flag=True, help="Take the correction of these words back.")
@click.option("--data", "folder", type=click.Path(path_type=Path, file_okay=False),
              help="The folder of the articles; by default the one that the index was built from.")
@index_option
def correct(
    quotation: str, speaker: str | None, speaker_kind: str | None, unknown: bool, not_a_quotation: bool,
    stance: str | None, note: str | None, withdraw: bool, folder: Path | None, index: Path,
) -> None:
    """Correct who said a quotation, for good.

    ARTICLE#qN is the id that "onrecord quotes" prints. Shows its words and writes the correction into corrections.toml
    beside the articles. It holds from the next build on, for good.
    """
    data = folder or Path(str(report_of(index, current_build(index)).get("data", "data")))
    path = data / CORRECTIONS_FILE
    said, number = _found(index, quotation)
    article, words = said[number - 1]["article_id"], said[number - 1]["said"]
    held = read_corrections(path)
    occurrence, before = held.meant(article, [each["said"] for each in said], number)
    _show(said[number - 1])
    if stance is None and (speaker or unknown) and said[number - 1]["stance"] != "said":
        stance = said[number - 1]["stance"]          # a wrong speaker is no reason to believe that it was said
    given = {"speaker": speaker, "speaker_kind": speaker_kind, "unknown": unknown, "not_a_quotation": not_a_quotation,
             "stance": stance, "note": note}
    try:
        if withdraw:
            if any(given.values()):
                raise CorrectionError("--withdraw takes a correction back; leave the other options out")
            withdraw_correction(path, before or _correction(article, words, occurrence, {"unknown": True}))
            click.echo(f"Taken out of {path}.")
        else:
            correction = _correction(article, words, occurrence, given)
            write_correction(path, correction, words)
            click.echo(f"Written to {path}:\n\n{terminal.printable(correction_entry(correction, words))}")
    except CorrectionError as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"It holds from the next build on: onrecord update {quote(str(data))} --index {quote(str(index))}")


def _correction(article: str, words: str, occurrence: int, given: Mapping[str, object]) -> Correction:
    return checked_correction({
        "article": article, "words": written_words(words), **({"occurrence": occurrence} if occurrence else {}),
        **{name: value for name, value in given.items() if value not in (None, False)}})


def _found(index: Path, quotation: str) -> tuple[list[Document], int]:
    """The quotations of the article, reported speech among them, and which of them is meant, from 1."""
    article, mark, _ = quotation.rpartition("#")
    if not mark:
        raise click.BadParameter(f"{quotation!r} is not the id of a quotation, such as ben-castellan/ferry#q3.",
                                 param_hint="'ARTICLE#qN'")
    with opened(index) as engine:
        said = list(engine.quotations_of(engine.get("article", article)["id"]))
    ids = [each["id"] for each in said]
    if quotation not in ids:
        raise NotFound(f"{article} has {terminal.counted(len(said), 'quotation')}; none is {quotation}.")
    return said, ids.index(quotation) + 1


def _show(quotation: Document) -> None:
    """The words, and whose they are now."""
    speaker = terminal.printable(quotation["speaker"]) or terminal.not_said(quotation) or "Speaker unknown"
    click.echo(click.style(speaker, bold=True) + click.style(f", {quotation['level']}", dim=True))
    click.echo(terminal.wrapped(Snippet(quotation["said"])))
