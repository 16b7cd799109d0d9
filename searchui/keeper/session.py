"""Who may write: a browser that was shown the token, asking this very host, from a form that this server made."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from urllib.parse import urlsplit

from flask import Request
from werkzeug.wrappers import Response

COOKIE = "onrecord_keeper"
PATH = "/keeper"                 # the cookie is sent nowhere else
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_loopback(host: str) -> bool:
    """Whether a request names this machine as its host. A foreign name that was made to lead here is another's page."""
    try:
        return urlsplit(f"//{host}").hostname in _LOOPBACK
    except ValueError:
        return False


def is_from_here(request: Request) -> bool:
    """Whether the page that sent a form is one of this server's. Browsers say so, and no page can make them lie."""
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.host}"


def is_token(token: str, typed: str) -> bool:
    return hmac.compare_digest(token.encode(), typed.strip().encode(errors="replace"))


def begin(response: Response, token: str) -> None:
    """From now on, this browser is known, until it is closed or the server ends."""
    session = secrets.token_urlsafe(18)
    response.set_cookie(COOKIE, f"{session}.{_mac(token, session)}", path=PATH, httponly=True, samesite="Strict")


def session_of(request: Request, token: str) -> str:
    """The session of the browser that asks; "" if it has none of this server."""
    session, _, mac = request.cookies.get(COOKIE, "").partition(".")
    known = hmac.compare_digest(_mac(token, session).encode(), mac.encode(errors="replace"))
    return session if session and known else ""


def form_token(token: str, session: str, subject: str) -> str:
    """What a form about one thing must bring back: no other page can know it."""
    return _mac(token, f"{session} {subject}")


def is_form_token(token: str, session: str, subject: str, sent: str) -> bool:
    return hmac.compare_digest(form_token(token, session, subject).encode(), sent.encode(errors="replace"))


def _mac(token: str, message: str) -> str:
    return hmac.new(token.encode(), message.encode(errors="replace"), sha256).hexdigest()
