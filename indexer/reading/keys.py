"""What tells an article from the others of its file, as a part of its id: short, readable, and safe in an address."""

from __future__ import annotations

import hashlib
import re

LONGEST = 150                 # characters; what is longer ends in a hash of the rest

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]{1,20}://(?:www\.)?", re.IGNORECASE)
_UNSAFE = re.compile(r"[^\w.,:;=~!@$%&?()*+'/-]+")
_DOTS = re.compile(r"(?:^|(?<=/))\.+(?=/|$)")


def key_of(*named: object) -> str:
    """The first of these that says anything: an id, a slug, an address. "" where none does.

    No key leads out of where it stands, as "../x" would, and none begins or ends in a stroke.
    """
    return next(filter(None, map(_key, named)), "")


def _key(named: object) -> str:
    text = _SCHEME.sub("", str(named).strip()) if named is not None else ""
    text = re.sub(r"/{2,}", "/", _UNSAFE.sub("-", text)).strip("/- ")
    text = _DOTS.sub("_", text)
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST - 20]}~{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:12]}"
