"""Markdown as its page shows it, less what the page's program puts in between."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from indexer.models import BlockKind
from indexer.reading.drafts import Draft, Source
from indexer.reading.markdown import is_html, read, text_of


def draft(text: str, name: str = "story.md") -> Draft:
    """The one story of a file."""
    found, = read(Source(Path(name), name, "story", text.encode()))
    return found


@pytest.mark.parametrize(("body", "text"), [
    ("*Low* tide, **very** low, _so_ low.", "Low tide, very low, so low."),
    ("We [met](http://x.example 'a title') them.", "We met them."),
    ("We [met][1] [them].\n\n[1]: http://x.example\n[them]: <http://y.example>", "We met them."),
    ("# Tide\n\nLow.\n\nHigh\n----\n\nNever.", "Tide\nLow.\nHigh\nNever."),
    ("Fares:\n\n- one\n- two\n\n1. three\n2. four", "Fares:\none\ntwo\nthree\nfour"),
    ("One\nline.\n\nTwo", "One line.\nTwo"),
    ("One line.\nAnother.", "One line.\nAnother."),
    ("The ferry was late again, said\nthe harbour board on Sunday.",
     "The ferry was late again, said the harbour board on Sunday."),
    ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2"),
    ("Late.\n\n```\nprint('“no,” he said')\n```\n\nAgain.", "Late.\nAgain."),
    ("Late.\n\n    for x in y:\n        pass\n\nAgain.", "Late.\nAgain."),
    ("Late.\n\n    Again, and again.\n\nOften.", "Late.\nAgain, and again.\nOften."),
    ("Type `stop` to stop.", "Type stop to stop."),
    ("“Late,”[^1] she said.\n\n[^1]: Page 4.", "“Late,” she said.\nPage 4."),
    ("“Late,”[^9] she said.", "“Late,” she said."),
    ("Before.\n\n![The pier](pier.jpg)\n\nAfter.", "Before.\nAfter."),
    ("~~Never~~ always", "Never always"),
    ("Tom &amp; Ann, 5 < 6", "Tom & Ann, 5 < 6"),
    ("a <- b\n\n<not a tag>", "a <- b\n<not a tag>"),
    ("See <http://x.example/a> and write.", "See http://x.example/a and write."),
    ("One<br>two, <b>three</b>.\n\n<p>Four.</p>\n\nFive.", "One two, three.\nFour.\nFive."),
    ("<!-- more -->\n\nLate.", "Late."),
    ("It is **late ** and **later**.", "It is late and later."),
    ("He said f**k.", "He said f**k."),
    ("The [board](see http://x.example) met.", "The board met."),
    ("Late.\n{: .lead}\n\n## Why {#why}\n\nTide.", "Late.\nWhy\nTide."),
    ("::: note\nMind the gap.\n:::", "Mind the gap."),
    ("[[TOC]]\n\nThe [[pier|old pier]].", "The old pier."),
])
def test_what_a_reader_sees(body: str, text: str) -> None:
    """A paragraph, a heading, an item and a row are a line each; no markup is left, no code."""
    assert text_of(body)[0] == text


@pytest.mark.parametrize(("body", "text"), [
    ("Late.\n\n{{< youtube id=\"x\" >}}\n\nAgain.", "Late.\nAgain."),
    ("{{% note %}}Mind the gap.{{% /note %}}", "Mind the gap."),
    ("See [here]({{< ref \"a.md\" >}} \"A title\") now.", "See here now."),
    ("See [here]({{ site.url }}/a/) now, {{ page.x }} or {% if a %}never{% endif %}.", "See here now, or never."),
    ("See [here][1].\n\n[1]: {{ site.url }}/a", "See here."),
    ("[{{< img src=\"a.jpg\" alt=\"Pier\" >}}](http://x.example)Late.", "Late."),
    ("{% comment %}Not yet.{% endcomment %}Late.", "Late."),
    ("{% highlight python %}\nx = 1\n{% endhighlight %}\n\nLate.", "Late."),
    ("[gallery ids=\"1,2\"]\n\nLate [sic] again.\n\n[youtube https://x.example/v]", "Late [sic] again."),
    ("import Chart from './chart'\n\nexport const a = 1\n\n<Chart data={a} />\n\nLate. {/* why? */}", "Late."),
    ("A {brace} and {{< unclosed", "A {brace} and {{< unclosed"),
])
def test_templates_are_dropped(body: str, text: str) -> None:
    """Shortcodes, Liquid, WordPress's codes, components: what stands between them stays."""
    assert text_of(body)[0] == text


@pytest.mark.parametrize("body", [
    'Late.\n\n{{< figure src="a.jpg" caption="The old pier" >}}\n\nAgain.',
    "Late.\n\n{% include figure.html image='a.jpg' caption='The old pier' %}\n\nAgain.",
    'Late.\n\n{% include "figure.html",\n  image: "a.jpg",\n  caption: "The old pier" %}\n\nAgain.',
    'Late.\n\n[caption id="a" width="300"]<a href="b"><img src="a.jpg" /></a> The old pier[/caption]\n\nAgain.',
    "Late.\n\n[caption]![x](a.jpg) The old pier[/caption]\n\nAgain.",
    'Late.\n\n<Figure src="a.jpg" caption="The old pier" />\n\nAgain.',
    "Late.\n\n<figure><img src='a.jpg'><figcaption>The old pier</figcaption></figure>\n\nAgain.",
    'Late.\n\n![x](a.jpg "The old pier")\n\nAgain.',
    "Late.\n\n![x](a.jpg)\n*The old pier*\n\nAgain.",
])
def test_captions_are_captions(body: str) -> None:
    """Whoever spoke last did not say them."""
    text, blocks, _ = text_of(body)
    assert text == "Late.\nThe old pier\nAgain."
    assert [(block.kind, block.span.of(text)) for block in blocks if block.kind == "caption"] == [("caption",
                                                                                                   "The old pier")]


@pytest.mark.parametrize(("body", "kinds"), [
    ("Ann wrote:\n\n> Late.\n> Again.", [("quotation", "Late. Again.")]),
    ("> Late.\n> <cite>Ann Low</cite>",
     [("quotation", "Late.\nAnn Low"), ("credit", "Ann Low"), ("italic", "Ann Low")]),
    ('{{< quote text="Late." author="Ann Low" >}}',
     [("quotation", "Late.\nAnn Low"), ("credit", "Ann Low"), ("italic", "Ann Low")]),
    ("<figure><blockquote>Late.</blockquote><figcaption>Ann Low</figcaption></figure>",
     [("quotation", "Late."), ("credit", "Ann Low")]),
    ("## Tide\n\nIt is *low*, **low**.", [("heading", "Tide"), ("italic", "low"), ("bold", "low")]),
])
def test_blocks(body: str, kinds: list[tuple[BlockKind, str]]) -> None:
    """What the page sets apart, and whose a block quotation is."""
    text, blocks, _ = text_of(body)
    assert [(block.kind, block.span.of(text)) for block in blocks] == kinds


def test_links() -> None:
    """The words, and where they led."""
    text, _, links = text_of("We [met them](http://x.example/a) twice.")
    assert [(link.span.of(text), link.url) for link in links] == [("met them", "http://x.example/a")]


@pytest.mark.parametrize(("body", "html"), [
    ("<p>Late.</p>\n\n<p>Again.</p>", True), ("\n\t\t<div>Late.</div>", True), ("<p>Late.</p>\n\ntext<br>", True),
    ("Late.", False), ("<img src=a>\n\nLate.\n\nAgain.", False), ("<p>See</p>\n\n[a](http://x.example).", False),
    ("<p>\n{{< img src=a >}}</p>", False), ("<http://x.example>", False),
])
def test_html_in_a_markdown_file(body: str, html: bool) -> None:
    """Archives of a site's own HTML are called .md, too."""
    assert is_html(body) is html


@pytest.mark.parametrize(("text", "title", "author"), [
    ("# The *Low* Tide\n\nBy Ann Low\n\nLate.", "The Low Tide", "By Ann Low"),
    ("The Low Tide\n===\n\nLate.", "The Low Tide", None),
    ("---\nauthor: Bo Ray\n---\n# The Low Tide\nBy Ann Low\n\nLate.", "The Low Tide", "Bo Ray"),
    ("Title: The Low Tide\nAuthor: Bo Ray\nSlug: low-tide\n  and-more\n\nLate.", "The Low Tide", "Bo Ray"),
])
def test_a_headline_above_the_story(text: str, title: str, author: str | None) -> None:
    """Where front matter gives none, the first heading is it."""
    found = draft(text)
    assert (found.fields["title"], found.fields.get("author"), text_of(found.body)[0]) == (title, author, "Late.")


def test_labels_that_begin_a_story_are_no_front_matter() -> None:
    """Without a title, or with other lines among them, they are the story's own."""
    for text in ("Note: it rained.\n\nLate.", "Title: none\n\nLate.", "Title: A\nand so\non: it went\n\nLate."):
        assert text_of(draft(text).body)[0].startswith(text.split("\n")[0])


def test_a_heading_below_a_headline_stays() -> None:
    """It is one of the story's own."""
    found = draft("---\ntitle: T\n---\n# Tide\n\nLate.")
    assert (found.fields, text_of(found.body)[0]) == ({"title": "T"}, "Tide\nLate.")


@pytest.mark.parametrize("body", [
    ">" * 20_000 + " x", "[" * 50_000, "![" * 30_000, "*a **b " * 20_000, "- " * 20_000 + "x", "<" * 100_000,
    "`" * 50_001,
    "{{< " * 30_000, "{%" * 50_000, "[caption]" * 20_000, "[a " + 'b="c" ' * 30_000,
    "|" * 50_000 + "\n" + "|-" * 50_000,
    "[^1]" * 20_000 + "\n\n[^1]: x", "<A " * 40_000, "a\n" * 100_000, "\\" * 100_000, "&" * 100_000, "x" * 3_000_000,
], ids=lambda body: body[:8])
def test_hostile_markdown_is_read(body: str) -> None:
    """Depth, openings without end, marks without partner."""
    assert "\n\n" not in text_of(body)[0]


@given(st.text(max_size=300) | st.text("*_[]()<>{}%`#->|!^:\n \"'ab=/", max_size=150))
def test_any_text_is_read(body: str) -> None:
    """Spans lie in the text, which has no empty line."""
    text, blocks, links = text_of(body)
    assert "\n\n" not in text
    assert all(0 <= each.start < each.end <= len(text) for each in [*(block.span for block in blocks),
                                                                    *(link.span for link in links)])
