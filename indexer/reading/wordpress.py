"""The file that WordPress exports: RSS with everything that a site holds. Only what was published is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from indexer.reading.drafts import Draft, Found, Passed, Source
from indexer.reading.keys import key_of
from indexer.reading.markup import elements, encoding_of, name_of, root_of, texts

# Kinds of items that hold no story; papers have kinds of their own for those that do.
NO_STORIES = frozenset("""
    attachment nav_menu_item revision custom_css customize_changeset oembed_cache user_request wp_block wp_template
    wp_template_part wp_global_styles wp_navigation wp_font_family wp_font_face acf-field acf-field-group shop_order
    product feedback elementor_library
""".split())

_CAPTION = re.compile(r"\[caption\b[^\]]{0,500}\](.{0,5000}?)\[/caption\]", re.DOTALL)
_IMAGE = re.compile(r"\s*(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
_QUOTED = re.compile(r"\[/?(?:pull_?quote|quote|blockquote|dropcap)\b[^\]]{0,200}\]")
_SHORTCODE = re.compile(r"\[(embed|gallery|video|audio|playlist|youtube|vimeo|twitter|tweet|instagram|soundcloud|ad"
                        r"|googlemaps)\b[^\]]{0,500}\](?:[^\[]{0,500}\[/\1\])?")
_COMMENT = re.compile(r"<!--.{0,20000}?-->", re.DOTALL)
_BREAK = re.compile(r"\n")
_BLOCK = re.compile(r"<(?:p|div|blockquote|h[1-6]|ul|ol|table|figure|pre|hr)\b", re.IGNORECASE)


def begins(beginning: bytes) -> bool:
    return b"wordpress.org/export/" in beginning and root_of(beginning) == "rss"


def read(source: Source) -> Iterator[Found]:
    """The posts of a site."""
    names: dict[str, str] = {}           # who is shown for a login
    with source.open() as file:
        for element in elements(file, source.path, "author", "item"):
            fields = texts(element)
            if name_of(element) == "item":
                yield _item(element, fields, names)
            elif fields.get("wp:author_login"):
                whole = f"{fields.get('wp:author_first_name', '')} {fields.get('wp:author_last_name', '')}".strip()
                names[fields["wp:author_login"]] = fields.get("wp:author_display_name") or whole


def _item(element: Any, fields: dict[str, str], names: dict[str, str]) -> Found:
    kind, status = fields.get("wp:post_type") or "post", fields.get("wp:status") or "publish"
    if kind in NO_STORIES:
        return Passed(f"items of the kind {kind}, no articles")
    if status != "publish" or fields.get("wp:post_password"):
        return Passed("not published: drafts, private and deleted posts")
    if not fields.get("content:encoded", "").strip():
        return Passed(f"items of the kind {kind} without text")
    said = {
        "title": fields.get("title", ""), "date": _day(fields), "url": fields.get("link", ""),
        "author": names.get(fields.get("dc:creator", ""), "") or fields.get("dc:creator", ""),
        "categories": ", ".join(child.text or "" for child in element if name_of(child) == "category"),
    }
    key = key_of(fields.get("wp:post_name"), fields.get("wp:post_id"), fields.get("link"), fields.get("guid"))
    return Draft(html_of(fields["content:encoded"]), "html", {name: text for name, text in said.items() if text}, key,
                 element.sourceline, encoding_of(element))


def _day(fields: dict[str, str]) -> str:
    """Posts that were never dated have a day in the year 0."""
    date = fields.get("wp:post_date", "")
    return fields.get("pubDate", "") if date.startswith("0000") or not date else date


def html_of(content: str) -> str:
    """A post as HTML: empty lines end paragraphs, short codes are what they show."""
    content = _COMMENT.sub("", content.replace("\r\n", "\n"))
    content = _CAPTION.sub(_figure, content)
    content = _SHORTCODE.sub("", _QUOTED.sub("", content))
    parts = filter(None, map(str.strip, re.split(r"\n\s*\n", content)))
    return "\n".join(part if _BLOCK.match(part) else f"<p>{_BREAK.sub('<br>', part)}</p>" for part in parts)


def _figure(caption: re.Match[str]) -> str:
    image = _IMAGE.match(caption[1])
    words = caption[1][image.end():] if image else caption[1]
    return f"\n\n<figure>{image[0] if image else ''}<figcaption>{words.strip()}</figcaption></figure>\n\n"
