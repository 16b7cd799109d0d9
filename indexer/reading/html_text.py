"""Archived HTML to plain text, a paragraph a line, and the stretches that the page set apart."""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from dataclasses import dataclass
from typing import TypeAlias

from indexer.models import Block, Link, Span
from indexer.reading import html_elements
from indexer.reading.elements import ElementKind, classes_in, is_blockquote, is_credit, kind_of
from indexer.reading.encodings import composed
from indexer.reading.html_elements import Element

Text: TypeAlias = tuple[str, tuple[Block, ...], tuple[Link, ...]]

PARAGRAPHS = frozenset("""
    address article aside body caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul
""".split())
SKIPPED = frozenset("""
    applet audio button canvas embed head iframe input link math meta noembed noframes noscript object param
    script select style svg template textarea title video
""".split())
INLINE = frozenset("""
    a abbr acronym b bdi bdo big blink blockquote body br cite code data del dfn em embed font hr html i img ins
    kbd label map mark marquee nobr q rp rt ruby s samp small source span strike strong sub sup td th time title tt u
    var wbr
""".split())
# Gallery code, and the windows it opens over the page, say "next", "close", "full screen".
SKIPPED_CLASSES = ("gallery", "galley", "lightbox")
DEEPEST = 4             # blocks of one kind that lie in each other; what lies deeper is not set apart again
LONGEST_CAPTION = 700   # an image's box that was never closed holds the story: that is no caption

# What stands between two pieces of text; of several the greatest wins.
NOTHING, SPACE, CELL, LINE, PARAGRAPH = range(5)

# The zero-width joiner stays where it joins emoji.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
                        "|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x9f]")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}\d{0,2}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_ARCHIVED = re.compile(r"(?:(?:https?:)?//(?:web\.|wayback\.)?archive\.org)?/(?:web/)?\d{4,14}\*?(?:[a-z]{2}_)?/"
                       r"(?=https?:|//|www\.)")
_TWEET_END = re.compile(r"[—–―-] ?[^\n—]{0,80}\(@\w{1,30}\)(?: [^\n]{0,45})?$")
_LISTED = re.compile(r"(?:\d{1,3}|[a-zA-Z])[.)]\s|[-*•–·●▪]\s?|(?:Q|A|Q\.|A\.):")
_DASHED = re.compile(r"(?:[—–―]|--?) ?[^\W\d_a-z]")
_HIDDEN = re.compile(r"display\s*:\s*none")
_ENDS = frozenset(".!?:;…\"'”’)]")


def plain_text(html: str) -> Text:
    """The text as a reader of the page sees it, its blocks in order of their start, and its links.

    A paragraph, a list item, a table row and a heading are a line each. Two <br> end a paragraph; one does
    where the words before it end a sentence or a list goes on after it, and is a space elsewhere.
    """
    page = _Page()
    html_elements.read(html, page, _is_skipped)
    return page.finish()


def original_address(url: str) -> str:
    """The address a link had before the page was archived; "" for what is no address of the web."""
    url, start = "".join(url.split()), 0
    while match := _ARCHIVED.match(url, start):
        start = match.end()
    url = url[start:]
    if url.startswith("//"):
        url = "http:" + url
    elif url.startswith("www."):
        url = "http://" + url
    return url if url.lower().startswith(("http://", "https://")) else ""


def fold_spaces(text: str) -> str:
    """Every run of space of any kind is one space; what has no width, control characters and too many marks on one
    letter are gone."""
    if not text.isprintable():
        text = _CONTROL.sub(_printable, text)
    if not text.isascii():
        text = composed(_INVISIBLE.sub("", text))
    return " ".join(text.split())


def unescape(text: str) -> str:
    """Resolve entities that were escaped twice and so survived the parser."""
    for _ in range(2):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda match: entities.unescape(match[0]), text)
    return text


def _printable(control: re.Match[str]) -> str:
    """Pages that called themselves Latin-1 hold the marks of Windows where that has control characters."""
    return control[0].encode("latin-1").decode("cp1252", "ignore") if control[0] >= "\x80" else ""


def _is_skipped(element: Element) -> bool:
    if element.name in SKIPPED:
        return True
    attributes = element.attributes
    if not attributes:
        return False
    if "class" in attributes and any(name.startswith(SKIPPED_CLASSES) for name in classes_in(attributes)):
        return True
    if "hidden" in attributes or attributes.get("rel") == "tag":
        return True
    return "style" in attributes and _HIDDEN.search(str(attributes["style"])) is not None


@dataclass(slots=True, eq=False)
class _Opened:
    """An element whose text we want to find again. start is -1 until the first of its text is written."""

    element: Element
    kind: ElementKind
    start: int = -1
    own_line: bool = False


class _Page:
    """Text as it is written, and what is open at this point of the page."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._gap = NOTHING
        self._open: list[_Opened] = []
        self._waiting: list[_Opened] = []       # opened, and nothing written since
        self._depth: Counter[str] = Counter()
        self._quoting = 0                       # marks of the paragraph that have no partner yet; even is none
        self._preformatted = 0
        self._after_image = False
        self._perhaps_caption: int | None = None
        self._blocks: list[Block] = []
        self._links: list[Link] = []
        self._quoted = 0                        # where the last block quotation ended

    def write(self, text: str) -> None:
        text = unescape(text)
        if self._preformatted and "\n" in text.strip():
            for line in text.strip().splitlines():
                self.write(line)
                self._gap = PARAGRAPH
            return
        words = fold_spaces(text)
        if text[:1].isspace():
            self._gap = self._gap or SPACE
        if words:
            self._put(words)
            self._gap = SPACE if text[-1].isspace() else NOTHING

    def enter(self, element: Element) -> None:
        name = element.name
        if name == "br":
            self._gap = PARAGRAPH if self._gap >= LINE else LINE
        elif name in ("td", "th"):
            self._gap = max(self._gap, CELL)
        elif name == "img":
            self._after_image = True
        elif name == "q":
            self._put("“")
            self._gap = NOTHING
        elif name in PARAGRAPHS or is_blockquote(element.name):
            self._gap = PARAGRAPH
            self._after_image = self._after_image and name == "center"
            self._preformatted += name == "pre"
        if kind := kind_of(element.name, element.attributes):
            self._start(_Opened(element, kind, own_line=kind in ("image", "caption")))
        if self._is_by_quotation() and is_credit(element.name, element.attributes):
            self._begin_credit(element)

    def leave(self, element: Element) -> None:
        while self._open and self._open[-1].element is element:
            self._end(self._open.pop())
        if element.name == "q":
            self._gap = NOTHING
            self._put("”")
        elif element.name in PARAGRAPHS or is_blockquote(element.name):
            self._gap = PARAGRAPH
            self._preformatted -= element.name == "pre"

    def finish(self) -> Text:
        self._settle_caption(PARAGRAPH)
        blocks = sorted(dict.fromkeys(self._blocks), key=lambda block: (block.span.start, -block.span.end))
        links = sorted(self._links, key=lambda link: link.span.start)
        return "".join(self._parts), tuple(blocks), tuple(links)

    def _is_by_quotation(self) -> bool:
        """Whether we are in a block quotation or right behind one."""
        return self._depth["quotation"] + self._depth["tweet"] > 0 or self._quoted == self._length > 0

    def _begin_credit(self, element: Element) -> None:
        """A credit behind words is a line of its own; the title of a work among words is not."""
        if self._gap < LINE and self._parts and self._parts[-1][-1:] in _ENDS:
            self._gap = PARAGRAPH
        elif self._gap == NOTHING and self._parts and self._parts[-1][-1:].isalnum():
            self._gap = PARAGRAPH
        self._start(_Opened(element, "credit"))

    def _start(self, opened: _Opened) -> None:
        if opened.kind == "italic" and self._depth["image"]:
            opened.kind = "caption"
        self._depth[opened.kind] += 1
        self._open.append(opened)
        self._waiting.append(opened)

    def _end(self, opened: _Opened) -> None:
        kind, start, end = opened.kind, opened.start, self._length
        self._depth[kind] -= 1
        if start < 0 or self._depth[kind] >= DEEPEST:
            return
        span = Span(start, end)
        if kind == "link":
            if url := original_address(str(opened.element.attributes["href"])):
                self._links.append(Link(span, url))
        elif kind == "image":
            self._end_image(span)
        else:
            if kind == "quotation" and _TWEET_END.search(self._tail(span)):
                kind = "tweet"
            if kind in ("quotation", "tweet"):
                self._quoted = end
            if kind == "italic" and self._after_image:
                self._perhaps_caption = len(self._blocks)
            if kind == "caption" and opened.own_line:
                self._gap = PARAGRAPH
            self._blocks.append(Block(span, kind))

    def _end_image(self, span: Span) -> None:
        """What little text an image's box holds is all caption: one, rather than the pieces in italics. In a box
        around a block quotation it says whose that is."""
        self._gap = PARAGRAPH
        if self._holds_quotation(span):
            return
        if len(span) <= LONGEST_CAPTION:
            while self._blocks and self._blocks[-1].span in span and self._blocks[-1].kind in ("caption", "italic"):
                self._blocks.pop()
            self._blocks.append(Block(span, "caption"))

    def _holds_quotation(self, span: Span) -> bool:
        """Whether a block quotation lies in it; a caption beside that then is its credit."""
        numbers = []
        for number in range(len(self._blocks) - 1, -1, -1):
            if self._blocks[number].span not in span:
                break
            numbers.append(number)
        if not any(self._blocks[number].kind in ("quotation", "tweet") for number in numbers):
            return False
        for number in numbers:
            if self._blocks[number].kind == "caption":
                self._blocks[number] = Block(self._blocks[number].span, "credit")
        return True

    def _put(self, words: str) -> None:
        if any(opened.own_line for opened in self._waiting):
            self._gap = PARAGRAPH
        between = self._between(words) if self._parts else ""
        self._settle_caption(PARAGRAPH if between == "\n" else NOTHING)
        if between == "\n":
            self._quoting = 0
        self._quoting += words.count('"') + words.count("“") + words.count("”")
        start = self._length + len(between)
        for opened in self._waiting:
            opened.start = start
        self._waiting.clear()
        self._parts += (between, words)
        self._length = start + len(words)
        self._after_image = self._after_image and self._depth["italic"] > 0

    def _between(self, words: str) -> str:
        if self._gap == LINE:
            return "\n" if self._line_ends(words) else " "
        return ("", " ", " | ", "\n", "\n")[self._gap]

    def _line_ends(self, words: str) -> bool:
        """Whether a single <br> ends a paragraph: never inside a tweet or a quotation."""
        if self._depth["tweet"] or self._quoting % 2:
            return False
        bold = any(opened.kind == "bold" for opened in self._waiting)
        if self._depth["quotation"] and _DASHED.match(words):
            return True
        return bold or self._parts[-1][-1:] in _ENDS or _LISTED.match(words) is not None

    def _settle_caption(self, gap: int) -> None:
        """Italics right after an image are its caption if they are all of their paragraph."""
        if self._perhaps_caption is not None and gap == PARAGRAPH:
            span = self._blocks[self._perhaps_caption].span
            self._blocks[self._perhaps_caption] = Block(span, "caption")
        self._perhaps_caption = None

    def _tail(self, span: Span) -> str:
        """The last words of a span that ends here."""
        size, tail = 0, []
        for part in reversed(self._parts):
            tail.append(part[-160:])
            size += len(part)
            if size >= min(160, len(span)):
                break
        return "".join(reversed(tail))[-min(160, len(span)):]
