"""Stories in Markdown: a site's shortcodes and templates taken out, the rest read as the page that it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from indexer.reading import front_matter, html_text, plain_text, web_page
from indexer.reading.drafts import BodyKind, Draft, Source
from indexer.reading.encodings import decoded
from indexer.reading.html_text import Text
from indexer.reading.metadata import TITLES, first_of

LARGEST = 2_000_000           # characters; what is larger was not written by hand, and is read as plain text

_BEGINS_WITH_TAG = re.compile(r"\s*<(?:!--|!doctype|/?[a-z][\w-]*[\s/>])", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:<!doctype[^>]{0,200}>\s*)?<html[\s>]", re.IGNORECASE)
_MARKUP = re.compile(r"\]\((?!\s)[^()\s]+[ )]|\n(?:#{1,6} \S|> ?\w|```)|\{\{[<%] |\{%-? ?[a-z_]+ ")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_BLOCK_TAG = re.compile(r"<(?:p|br|li|div|blockquote)\b", re.IGNORECASE)
_FIRST_HEADING = re.compile(r"\s*#[^\S\n]+(?P<title>[^\n]{1,300}?)[^\S\n]*#*[^\S\n]*(?:\n|$)"
                            r"|\s*(?P<over>[^\n]{1,300})\n=+[^\S\n]*(?:\n|$)")

# What programs put between, which no reader of the page sees.
_DROPPED = tuple(re.compile(pattern, re.DOTALL | re.MULTILINE) for pattern in (
    r"\{%-?\s*comment\s*-?%\}.{0,20000}?\{%-?\s*endcomment\s*-?%\}",
    r"\{%-?\s*highlight\b.{0,20000}?\{%-?\s*endhighlight\s*-?%\}",
    r"\{/\*.{0,5000}?\*/\}",
    r"^import\s[^\n]{0,300}?from\s+['\"][^'\"\n]{1,300}['\"];?[^\S\n]*$",
    r"^export\s+(?:const|let|default|function)\b.{0,5000}?(?=\n[^\S\n]*\n|\Z)",
    r"\{::?[^{}\n]{0,300}\}",
    r"(?<=[\w\"”)*_` ])\{[#.][\w-][^{}\n]{0,300}\}",
    r"^:{3,}[^\n]{0,300}$",
    r"^\[{1,2}_?TOC_?\]{1,2}[^\S\n]*$",
    r"!\[\[[^\]\n]{1,300}\]\]",
))
_TEMPLATE = r"(?:\{\{(?:(?!\}\}|\{\{).){0,3000}\}\}|\{%(?:(?!%\}|\{%).){0,3000}%\})"
_LINKED_TEMPLATE = re.compile(
    r"\[\s*(" + _TEMPLATE + r")\s*\]\([^()\s]{0,1000}(?:\s+\"[^\"\n]{0,300}\")?\s*\)", re.DOTALL)
_TARGET = re.compile(r"(\]\(\s*|^\[[^\]\n]{1,100}\]:\s*)(?:" + _TEMPLATE + r")(?:[^)\s\"]*)", re.DOTALL | re.MULTILINE)
_ANY_TEMPLATE = re.compile(_TEMPLATE, re.DOTALL)
_CAPTION = re.compile(r"""(?:fig)?caption\s*[=:]\s*\{?\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`)""")
_SPOKEN = re.compile(
    r"""\{\{[<%]\s*[\w-]*quote[\w-]*\s(?:.*?\s)?(?:text|quote|content)\s*=\s*"((?:[^"\\]|\\.)*)\"""", re.DOTALL)
_CREDITED = re.compile(r"""\b(?:cite|author|source|attribution|name|by)\s*=\s*"((?:[^"\\]|\\.)*)\"""")
_CAPTION_CODE = re.compile(r"\[caption\b([^\]\n]{0,1000})\]((?:(?!\[/?caption\b).){0,5000})\[/caption\]", re.DOTALL)
_CODE = re.compile(
    r"\[(?:gallery|playlist|youtube|vimeo|twitter|tweet|instagram|soundcloud|video|audio|embed|slideshow|googlemaps)"
    r"\b[^\]\n]{0,1000}\](?:[^\[\n]{0,1000}\[/(?:video|audio|embed|playlist)\])?"
    r"|\[/?[a-z][\w-]{1,40}"
    r"(?:\s[\w-]{1,40}=(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|[^\s\]\"']{1,200})){1,20}\s?/?\](?!\()",
    re.IGNORECASE)
_IMAGE = re.compile(r"\[?!\[[^\]\n]{0,1000}\]\([^)\n]{0,2000}\)(?:\]\([^)\n]{0,2000}\))?|<[^<>]{1,3000}>")
_COMPONENT = re.compile(r"</?[A-Z]\w*(?:\.\w+)?(?:\s[^<>]{0,3000}?)?/?>")
_WIKI_LINK = re.compile(r"\[\[(?:[^\]|\n]{1,300}\|)?([^\]|\n]{1,300})\]\]")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,60})\](:?)")
_STRAY = re.compile(r"<(?!/?(?:" + "|".join(sorted(
    html_text.PARAGRAPHS | html_text.SKIPPED | html_text.INLINE, key=len, reverse=True))
    + r")[\s/>]|!--|\?|!\[CDATA|https?:|mailto:|[\w.+-]{1,64}@|blo\w{2,9}te[\s>])", re.IGNORECASE)
# What the rules of Markdown leave as it stands, though it was meant to be markup; "f**k" was not.
_LEFT_OVER = re.compile(r"(\b[A-Za-z]\*+[A-Za-z]*)|\*{2,}")
_BROKEN_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\n]{0,1000}\)")
_PROSE = re.compile(r"(?:[A-Z“\"'][^\n{}<>=;]*\n?)+[.!?”\"]\s*")


def read(source: Source) -> Iterator[Draft]:
    """The story of a Markdown file, whose body may be HTML."""
    text, encoding = decoded(source.data or b"", source.path)
    found = front_matter.split(text, source.path)
    if found.line is None:
        found = front_matter.bare(text)
    if found.line is None and _PAGE.match(found.body):
        yield web_page.page_draft(found.body, encoding=encoding)
        return
    fields, body = found.fields, found.body
    kind: BodyKind = "html" if is_html(body) else "markdown"
    if kind == "html" and found.line is None:
        fields = web_page.fields_of(body)
    elif kind == "markdown" and not first_of(fields, TITLES):
        fields, body = _headed(fields, body)
    yield Draft(body, kind, fields, line=found.line, encoding=encoding, warnings=tuple(filter(None, [found.warning])))


def is_html(body: str) -> bool:
    """Whether a body is a page's own HTML, in which blank lines mean nothing, and not Markdown with tags in it."""
    if not _BEGINS_WITH_TAG.match(body) or _MARKUP.search(f"\n{body}"):
        return False
    written = sum(not part.startswith("<") for part in _BLANK_LINE.split(body.strip()))
    return written <= len(_BLOCK_TAG.findall(body))


def text_of(body: str) -> Text:
    """Markdown as the reader of its page sees it, a paragraph a line; code is left out."""
    if len(body) > LARGEST:
        return plain_text.text_of(body)
    return html_text.plain_text(html_of(body))


def html_of(body: str) -> str:
    """The page that Markdown makes, less templates; captions of images in figures of their own."""
    body = _with_known_footnotes(_STRAY.sub("&lt;", _without_templates(_by_lines(body))))
    html: str = _parser().render(body)
    return html


def _headed(fields: Mapping[str, object], body: str) -> tuple[dict[str, object], str]:
    """The heading that a body begins with is the headline of a file that gives none, a byline below it the byline."""
    match = _FIRST_HEADING.match(body)
    if match is None:
        return {**fields}, body
    title = html_text.plain_text(_parser().renderInline(match["title"] or match["over"]))[0]
    below, rest = plain_text.credits_of(body[match.end():])
    return {**below, "title": title, **fields}, rest


def _by_lines(body: str) -> str:
    """Where nothing else parts paragraphs, a line is one."""
    body = body.strip("\n")
    lines = body.split("\n")
    if len(lines) < 2 or _BLANK_LINE.search(body) or plain_text.is_wrapped(lines) or _LINE_MARKUP.search(body):
        return body
    return "\n\n".join(lines)


_LINE_MARKUP = re.compile(r"^\s*(?:[-*+>|#:=]|\d{1,9}[.)]\s|```|~~~|\[|<)", re.MULTILINE)


def _without_templates(body: str) -> str:
    for pattern in _DROPPED:
        body = pattern.sub("", body)
    body = _CAPTION_CODE.sub(_caption_code, body)
    if "{" in body:
        body = _LINKED_TEMPLATE.sub(lambda match: _shown(match[1]), body)
        body = _TARGET.sub(r"\1#", body)
        body = _ANY_TEMPLATE.sub(lambda match: _shown(match[0]), body)
    body = _COMPONENT.sub(lambda match: _figure(_caption(match[0])), body)
    return _WIKI_LINK.sub(r"\1", _CODE.sub("", body))


def _shown(template: str) -> str:
    """What a template puts on the page that we know of: a caption, or words set apart as a quotation."""
    if said := _SPOKEN.match(template):
        credit = _CREDITED.search(template)
        cite = f"<cite>{escape(credit[1])}</cite>" if credit else ""
        return f"\n\n<blockquote><p>{escape(_unescaped(said[1]), quote=False)}</p>{cite}</blockquote>\n\n"
    return _figure(_caption(template))


def _caption(template: str) -> str:
    match = _CAPTION.search(template)
    return _unescaped(next(filter(None, match.groups()), "")) if match else ""


def _caption_code(match: re.Match[str]) -> str:
    """WordPress writes [caption …]<img …> the caption[/caption], and once wrote caption="…"."""
    return _figure(_caption(match[1]) or _IMAGE.sub(" ", match[2]))


def _figure(caption: str) -> str:
    caption = " ".join(_IMAGE.sub(" ", caption).split())
    return f"\n\n<figure><figcaption>{caption}</figcaption></figure>\n\n" if caption else ""


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL)


def _with_known_footnotes(body: str) -> str:
    """A mark that refers to no note is no part of the words."""
    if "[^" not in body:
        return body
    known = {match[1] for match in _FOOTNOTE.finditer(body) if match[2]}
    return _FOOTNOTE.sub(lambda match: match[0] if match[1] in known else match[2], body)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)
    for name, rule in {
        "fence": _nothing, "footnote_ref": _nothing, "footnote_anchor": _nothing, "footnote_caption": _nothing,
        "code_block": _indented, "image": _image, "text": _words,
    }.items():
        parser.add_render_rule(name, rule)
    return parser


def _nothing(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: object) -> str:
    return ""


def _words(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: object) -> str:
    return escape(_LEFT_OVER.sub(r"\1", _BROKEN_LINK.sub(r"\1", tokens[at].content)), quote=False)


def _indented(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: object) -> str:
    """Four blanks mean code; what was only indented reads like a sentence."""
    text = tokens[at].content.strip()
    return f"<p>{escape(text, quote=False)}</p>\n" if _PROSE.fullmatch(text) else ""


def _image(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: object) -> str:
    """What stands for an image that cannot be seen is no text of the page; its title is a caption."""
    title = str(tokens[at].attrGet("title") or "").strip()
    return "<img>" + (f'<span class="caption">{escape(title)}</span>' if title else "")
