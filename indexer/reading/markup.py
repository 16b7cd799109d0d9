"""XML of strangers, a piece at a time and within bounds: no entity is resolved, no address opened, nothing nests or
grows without end."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import name2codepoint
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from indexer.errors import ArticleError

LARGEST = 50_000_000          # bytes between the ends of two of the elements that are asked for

_BEFORE_ROOT = re.compile(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,8});")
_LONGEST_ENTITY = 11
_OF_XML = ("amp", "lt", "gt", "quot", "apos")
_CONTROL = bytes(each for each in range(32) if each not in b"\t\n\r")
_NAMESPACES = {
    "http://purl.org/rss/1.0/modules/content/": "content", "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
}
# What HTML has for the elements of news formats; anything else is only what is in it.
_AS_HTML = {
    **{name: name for name in """
        p blockquote h1 h2 h3 h4 h5 h6 ul ol li em strong b i br table tr td th div figure
    """.split()},
    **{"bq": "blockquote", "hl1": "h2", "hl2": "h3", "caption": "figcaption", "media-caption": "figcaption",
       "figcaption": "figcaption", "media": "figure", "body.content": "div", "block": "div", "credit": "cite"},
}
_LEFT_OUT = frozenset("script style media-reference media-producer media-metadata object head".split())


def root_of(beginning: bytes) -> str:
    """The name of the outermost element, without its prefix; "" where these bytes do not get that far."""
    encoding = "utf-16" if beginning[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = _BEFORE_ROOT.sub("", beginning.decode(encoding, "replace"))
    match = _ROOT.match(text.lstrip("\ufeff \t\r\n"))
    return match[1] if match else ""


def elements(file: BinaryIO, path: Path, *names: str) -> Iterator[Any]:
    """The elements of these names, without their prefixes, each whole and in the order of their ends. What is not well
    formed is read over; ArticleError at the end where anything was, or where it becomes too large."""
    bounded = _Bounded(file, path)
    parser = etree.iterparse(
        bounded, events=("end",), tag=[f"{{*}}{name}" for name in names], resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False, recover=True, remove_comments=True, remove_pis=True)
    held: Any = None              # the last one may be cut off: it is given when the next has come, or all was read
    try:
        for _, element in parser:
            if any(each.tag.rpartition("}")[2] in names for each in element.iterancestors()):
                continue
            if held is not None:
                yield held
                _drop(held)
            held = element
            bounded.spent = 0
    except etree.XMLSyntaxError as error:
        raise ArticleError(path, f"XML that cannot be read: {error.msg}", error.lineno) from None
    faults = [each for each in parser.error_log if each.level_name == "FATAL"]
    if held is not None and not any(each.type_name in _CUT_OFF for each in faults):
        yield held
    if faults:
        raise ArticleError(path, f"XML that is not well formed, read as far as it goes: {faults[0].message.strip()}",
                           faults[0].line)


_CUT_OFF = ("ERR_TAG_NOT_FINISHED", "ERR_DOCUMENT_END", "ERR_CDATA_NOT_FINISHED", "ERR_GT_REQUIRED",
            "ERR_NAME_REQUIRED")


def page_of(text: str) -> Any:
    """The outermost element of a page of HTML, whatever its state; None where it holds none."""
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def name_of(element: Any) -> str:
    """The name with the prefix that is usual for it: "content:encoded", "wp:post_name", "title"."""
    if not isinstance(element.tag, str):
        return ""
    where, _, name = element.tag.rpartition("}")
    where = where.lstrip("{")
    prefix = "wp" if "wordpress.org/export" in where and "excerpt" not in where else _NAMESPACES.get(where, "")
    if "wordpress.org/export" in where and "excerpt" in where:
        prefix = "excerpt"
    return f"{prefix}:{name}" if prefix else str(name)


def encoding_of(element: Any) -> str:
    """In which the file of an element was written."""
    return str(element.getroottree().docinfo.encoding or "utf-8").lower()


def texts(element: Any) -> dict[str, str]:
    """The text of each child by its name; of several of one name the first that has any."""
    found: dict[str, str] = {}
    for child in element:
        if (name := name_of(child)) and not found.get(name):
            found[name] = text_of(child)
    return found


def text_of(element: Any) -> str:
    """All the text in an element."""
    return "" if element is None else "".join(element.itertext()).strip()


def first(element: Any, *names: str) -> Any:
    """The first element within of the first of these names that there is; None where there is none."""
    return next((each for name in names for each in element.iter(f"{{*}}{name}")), None)


def as_html(element: Any) -> str:
    """What is in an element as HTML."""
    parts = [html.escape(element.text or "")]
    for child in element:
        if isinstance(child.tag, str) and (name := name_of(child)) not in _LEFT_OUT:
            tag = _AS_HTML.get(name)
            inner = as_html(child)
            parts.append(f"<{tag}>{inner}</{tag}>" if tag and tag != "br" else "<br>" if tag else inner)
        parts.append(html.escape(child.tail or ""))
    return "".join(parts)


class _Bounded:
    """A file that ends in an error when so much was read in vain. Signs that XML forbids are left out, and the entities
    of HTML are numbers, for no XML declares them."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file, self._path = file, path
        self._ahead = file.read(2)
        self._wide = self._ahead in (b"\xff\xfe", b"\xfe\xff")
        self.spent = 0

    def read(self, size: int) -> bytes:
        more = self._file.read(size)
        data, self._ahead = self._ahead + more, b""
        self.spent += len(more)
        if self.spent > LARGEST:
            raise ArticleError(self._path, f"an article of more than {LARGEST:,} bytes")
        if self._wide:
            return data
        cut = data.rfind(b"&", max(0, len(data) - _LONGEST_ENTITY)) if more else -1
        if cut > 0:                   # it may go on in the next piece
            data, self._ahead = data[:cut], data[cut:]
        return _ENTITY.sub(_number, data.translate(None, _CONTROL))


def _number(entity: re.Match[bytes]) -> bytes:
    name = entity[1].decode()
    return b"&#%d;" % name2codepoint[name] if name in name2codepoint and name not in _OF_XML else entity[0]


def _drop(element: Any) -> None:
    """Nothing of a large file is kept that has been read."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
