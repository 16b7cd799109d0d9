"""The addresses of the keeper's mode: signing in, and the form that writes a correction and rebuilds the article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from flask import Blueprint, Flask, Response, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from indexer import (
    ConfigError, Correction, CorrectionError, IndexLocked, OnRecordError, read_corrections, unlimited,
    withdraw_correction, write_correction,
)
from searchui.keeper import session
from searchui.keeper.correction_form import (
    SPEAKER_KINDS, STANCES, WHO, Entry, Filled, Quoted, corrected, filled_before, filled_in, meaning, place_of, quoted,
)
from searchui.pages import article_url, day
from searchui.request import current_index

keeper = Blueprint("keeper", __name__, url_prefix=session.PATH)
_BODY = 16_384                    # bytes of a form; the longest note fits
_MOVED = "Nothing was written: the article was built anew meanwhile, and these are the words that stand here now."
_FOREIGN = "Nothing was written: this browser has not given the token, or the form is an old one."
_writing = Lock()                 # one correction at a time: each is written, and then built


@dataclass(frozen=True, slots=True)
class Keeper:
    """token: who knows it may write. corrections: the file. rebuild: brings the index up to it, or raises
    OnRecordError."""

    token: str
    corrections: Path
    rebuild: Callable[[], object]


def keep(app: Flask, settings: Keeper) -> None:
    """Let the application write corrections."""
    app.config.from_mapping(KEEPER=settings, MAX_CONTENT_LENGTH=_BODY)
    app.register_blueprint(keeper)


def _settings() -> Keeper:
    found: Keeper = current_app.config["KEEPER"]
    return found


@keeper.before_app_request
def _only_here() -> None:
    if not session.is_loopback(request.host):
        abort(403, "The keeper’s mode answers at localhost alone.")


@keeper.before_request
def _only_own_forms() -> None:
    if request.method == "POST" and not session.is_from_here(request):
        abort(403, "This form was not sent from a page of this server. Open the form here, and send it again.")


@keeper.after_request
def _unstored(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@keeper.errorhandler(ConfigError)
def mistaken(error: ConfigError) -> tuple[str, int]:
    """The file of corrections cannot be read: no form is of use until that is mended."""
    return _door(f"Nothing was written. {error}"), 409


@keeper.get("/")
def door() -> str:
    return _door()


@keeper.post("/")
def sign_in() -> AnyResponse | tuple[str, int]:
    if not session.is_token(_settings().token, request.form.get("token", "")):
        return _door("That is not the token of this server. It was printed when the server was started."), 403
    id = request.form.get("id", "")
    response: AnyResponse = redirect(url_for("keeper.correction", id=id) if id else url_for("keeper.door"), 303)
    session.begin(response, _settings().token)
    return response


def _door(problem: str = "") -> str:
    settings = _settings()
    known = session.session_of(request, settings.token)
    try:
        entries = [_entry(each, known) for each in read_corrections(settings.corrections)] if known else []
    except ConfigError as error:
        entries, problem = [], problem or str(error)
    return render_template("keeper.html", known=bool(known), problem=problem, id=request.values.get("id", ""),
                           file=settings.corrections, entries=entries, place_of=place_of)


def _entry(correction: Correction, known: str) -> Entry:
    return Entry(correction, article_url(correction.article), meaning(correction),
                 session.form_token(_settings().token, known, place_of(correction)))


@keeper.get("/correction")
def correction() -> str | tuple[str, int]:
    id = request.args.get("id", "")
    if not session.session_of(request, _settings().token):
        return _door("Give the token first."), 403
    found = quoted(current_index().engine, id, _settings().corrections)
    return _form(found, filled_before(found))


@keeper.post("/correction")
def correct() -> AnyResponse | tuple[str, int]:
    """Write what was filled in, then build. What is written stays written even if it cannot be built now."""
    id, settings = request.form.get("id", ""), _settings()
    if not _is_form_about(id):
        return _door(_FOREIGN), 403
    with _writing:
        found, filled = quoted(current_index().engine, id, settings.corrections), filled_in(request.form)
        if request.form.get("place") != found.place:
            return _form(found, Filled(), _MOVED), 409
        try:
            _write(found, filled)
        except CorrectionError as error:
            return _form(found, filled, f"Nothing was written. {error}"), 400
        if failed := _rebuilt():
            return _form(found, filled, failed[0]), failed[1]
    stays = filled.who not in ("not_a_quotation", "withdraw")
    return redirect(article_url(found.document["article_id"], anchor=id.rpartition("#")[2] if stays else None), 303)


def _is_form_about(subject: str) -> bool:
    """Whether this browser has given the token, and sends a form that was made for it about this."""
    token = _settings().token
    known = session.session_of(request, token)
    return bool(known) and session.is_form_token(token, known, subject, request.form.get("form", ""))


def _write(found: Quoted, filled: Filled) -> None:
    if filled.who != "withdraw":
        write_correction(_settings().corrections, corrected(found, filled), found.document["said"])
    elif found.before is None:
        raise CorrectionError("There is no correction to take back.")
    else:
        withdraw_correction(_settings().corrections, found.before)


@keeper.post("/withdrawal")
def withdraw() -> AnyResponse | tuple[str, int]:
    """Take a correction back, also one whose words are no quotation any more."""
    settings, place = _settings(), request.form.get("place", "")
    if not _is_form_about(place):
        return _door(_FOREIGN), 403
    with _writing:
        found = next((each for each in read_corrections(settings.corrections) if place_of(each) == place), None)
        if found is None:
            return _door("Nothing was written: this correction is not there any more."), 409
        withdraw_correction(settings.corrections, found)
        if failed := _rebuilt():
            return _door(failed[0]), failed[1]
    return redirect(url_for("keeper.door"), 303)


def _rebuilt() -> tuple[str, int] | None:
    """Build, and let the new build answer; what went wrong, and the status that says so. What was written stays."""
    try:
        with unlimited():
            _settings().rebuild()
    except OnRecordError as error:
        is_locked = isinstance(error, IndexLocked)
        what = "Another build is running" if is_locked else "The index could not be built"
        return f"It is written; the next build brings it here. {what}: {error}", 409 if is_locked else 503
    current_index().refresh()
    return None


def _form(found: Quoted, filled: Filled, problem: str = "") -> str:
    settings = _settings()
    id = found.document["id"]
    known = session.session_of(request, settings.token)
    choices = {name: label for name, label in WHO.items() if name != "withdraw" or found.before}
    return render_template(
        "correction.html", quotation=found.document, date=day(found.document["date"]), names=found.names, filled=filled,
        problem=problem, choices=choices, speaker_kinds=SPEAKER_KINDS, stances=STANCES, place=found.place,
        form=session.form_token(settings.token, known, id), file=settings.corrections,
        back=article_url(found.document["article_id"], anchor=id.rpartition("#")[2]))
