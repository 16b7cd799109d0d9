"""The elements and texts of a page, in its own order: read by Beautiful Soup, without the tree that it would make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bs4 import BeautifulSoup
from bs4.element import PageElement

_APART = ("rp", "rt")       # what is set above a line to say how it is spoken is no part of it


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element as it opens: its name and its attributes."""

    name: str
    attributes: Mapping[str, object]


class Page(Protocol):
    """What takes the elements and texts of a page."""

    def enter(self, element: Element) -> None: ...

    def leave(self, element: Element) -> None: ...

    def write(self, text: str) -> None: ...


def read(html: str, page: Page, is_skipped: Callable[[Element], bool]) -> None:
    """Give a page all elements and texts of some HTML, however deep it nests, but for those in what is skipped."""
    # The doctype is for the parser: text alone would make it guess that it was given a file's name.
    html = html.replace("\0", "").encode("utf-8", "replace").decode()
    _Stream("<!DOCTYPE html>" + html, page, is_skipped).close()


class _Stream(BeautifulSoup):
    """Beautiful Soup that hands on what it reads instead of keeping it. An element that is never closed ends with the
    one around it, and what closes nothing is passed over."""

    def __init__(self, html: str, page: Page, is_skipped: Callable[[Element], bool]) -> None:
        self._page, self._is_skipped = page, is_skipped
        self._opened: list[Element] = []
        self._names: Counter[str] = Counter()       # of what is open
        self._skipping = 0                          # as many were open with the one that is skipped; 0: none is
        self._texts: list[str] = []
        super().__init__(html, "lxml", multi_valued_attributes=None)

    def handle_starttag(
        self, name: str, namespace: str | None, nsprefix: str | None, attrs: Mapping[str, Any],
        sourceline: int | None = None, sourcepos: int | None = None, namespaces: dict[str, str] | None = None,
    ) -> None:
        self.endData()
        element = Element(name, attrs)
        self._opened.append(element)
        self._names[name] += 1
        if self._skipping:
            return
        if self._is_skipped(element):
            self._skipping = len(self._opened)
        else:
            self._page.enter(element)

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        self.endData()
        if self._names.get(name):
            while self._leave() != name:
                pass

    def handle_data(self, data: str) -> None:
        self._texts.append(data)

    def endData(self, containerClass: type[PageElement] | None = None) -> None:
        """The end of a text; of a comment or the like if a class is given."""
        text = "".join(self._texts)
        self._texts.clear()
        if text and containerClass is None and not self._skipping and not any(map(self._names.get, _APART)):
            self._page.write(text)

    def close(self) -> None:
        """Leave whatever is still open."""
        while self._opened:
            self._leave()

    def _leave(self) -> str:
        """Leave the innermost element; returns its name."""
        element = self._opened.pop()
        self._names[element.name] -= 1
        if not self._skipping:
            self._page.leave(element)
        elif len(self._opened) < self._skipping:
            self._skipping = 0
        return element.name
