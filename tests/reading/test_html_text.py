"""Archived HTML to plain text, blocks and links."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from indexer.models import BlockKind
from indexer.reading.html_text import fold_spaces, original_address, plain_text
from tests.work import is_linear

ARCHIVE = "https://web.archive.org/web/20150428111715"


@pytest.mark.parametrize(("html", "text"), [
    ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
    ("\t\t<p>Ferry &quot;late&quot; &#x2014; again&apos;s</p>\n\n  ", "Ferry \"late\" — again's"),
    ("One.<br><br>Two.", "One.\nTwo."),
    ("One.<Br> \n <br/>Two.", "One.\nTwo."),
    ("The ferry<br>was late.", "The ferry was late."),
    ("The ferry was late. <br>Passengers waited.", "The ferry was late.\nPassengers waited."),
    ('He said, "It was late.<br>Very late," and left.', 'He said, "It was late. Very late," and left.'),
    ("Fares<br>1. Adults<br>2. Children", "Fares\n1. Adults\n2. Children"),
    ("Question<br><b>Answer</b> follows", "Question\nAnswer follows"),
    ("a<b>b</b>c <i> d</i>e", "abc de"),
    ("<ul><li>One<li>Two</ul>after", "One\nTwo\nafter"),
    ("<table><tr><th>Pier</th><th>Fare</th></tr><tr><td>One</td><td>$2</td></tr></table>", "Pier | Fare\nOne | $2"),
    ("<p>Non\u00a0breaking\u2003and\u200bzero\u00adwidth\ufeff</p>", "Non breaking andzerowidth"),
    ("<p>&nbsp;</p><p>One</p><p> </p>", "One"),
    ("<p>Joined \U0001f468\u200d\U0001f469 emoji, split\u200dword</p>",
     "Joined \U0001f468\u200d\U0001f469 emoji, splitword"),
    ("<p>It&#146;s Windows &#147;Latin&#148;</p>", "It’s Windows “Latin”"),
    ("<p>Salt &amp;amp; Co. &amp;quot;twice&amp;quot;</p>", "Salt & Co. \"twice\""),
    ("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "<script>alert(1)</script>"),
    ("<pre>one\ntwo\n\nthree</pre>", "one\ntwo\nthree"),
    ("<p>She said <q>no</q>.</p>", "She said “no”."),
    ("Before<hr>after", "Before\nafter"),
    ('<p>A <ahref="http://x.example/">stray</a> tag</p>', "A stray tag"),
    ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
    ("", ""),
])
def test_text_is_what_a_reader_sees_a_paragraph_a_line(html: str, text: str) -> None:
    """Markup of every kind gives the text that a browser would show."""
    assert plain_text(html)[0] == text


@pytest.mark.parametrize("html", [
    "<script>var photo = {caption: \"No\"};</script>",
    "<style>.no { color: red }</style>",
    "<iframe src=x>no</iframe>",
    "<noscript>no</noscript>",
    "<object><param name=no><embed src=no>no</object>",
    "<!-- no -->",
    '<div class="galleryEase"><span>fullscreen</span><div>next</div></div>',
    '<div class="lightbox"><span class="btn">close</span></div>',
    '<ul><li><a href="/tags/ferry" rel="tag">no</a></li></ul>',
    '<span style="color: red; display : none">no</span>',
    "<p hidden>no</p>",
    "<select><option>no</select><textarea>no</textarea>",
])
def test_what_is_no_text_is_gone(html: str) -> None:
    """Scripts, embeds, gallery code and hidden elements leave nothing, and their neighbours stay."""
    assert plain_text(f"<p>Before</p>{html}<p>after</p>")[0] == "Before\nafter"


@pytest.mark.parametrize(("html", "expected"), [
    ("<p>From the Mercury:</p><blockquote>One.<br><br>Two.</blockquote>", [("quotation", "One.\nTwo.")]),
    ("<blockquuote>Misspelt.</blockquuote>", [("quotation", "Misspelt.")]),
    ('<center><blockquote class="twitter-tweet"><p>Late again</p>&#x2014; Ann Low (@annlow) '
     '<a href="http://t.example/1">March 3, 2014</a></blockquote><script>x</script></center>',
     [("tweet", "Late again\n— Ann Low (@annlow) March 3, 2014")]),
    ("<blockquote>Late again &mdash; Ann Low (@annlow) March 3, 2014</blockquote>",
     [("tweet", "Late again — Ann Low (@annlow) March 3, 2014")]),
    ('<blockquote class="instagram-media"><p>Look</p><p>A photo posted by Ann Low (@annlow) on May 1</p></blockquote>',
     [("tweet", "Look\nA photo posted by Ann Low (@annlow) on May 1")]),
    ('<div class="image-none"><img src=x><br><i>The pier (Lena Fitch / Dispatch)</i></div>Text.',
     [("caption", "The pier (Lena Fitch / Dispatch)")]),
    ('<p><span class="mt-enclosure"><img src=x><i><span class="photo_caption">The pier</span></i></span>Text.</p>',
     [("caption", "The pier")]),
    ("<figure><img src=x><figcaption>The pier</figcaption></figure>", [("caption", "The pier")]),
    ("<p>Text.</p><p><img src=x><br><i>Photo by Lena Fitch</i></p>", [("caption", "Photo by Lena Fitch")]),
    ("<p><img src=x><em>Really</em>, it was late.</p>", [("italic", "Really")]),
    ("<h2>The Fares</h2><p><strong>Q:</strong> Why? <em>Why?</em></p>",
     [("heading", "The Fares"), ("bold", "Q:"), ("italic", "Why?")]),
    ("<blockquote>We rowed all night.<cite>Ann Low</cite></blockquote>",
     [("quotation", "We rowed all night.\nAnn Low"), ("credit", "Ann Low"), ("italic", "Ann Low")]),
    ("<blockquote><p>We rowed.</p><footer>— Ann Low, cook</footer></blockquote>",
     [("quotation", "We rowed.\n— Ann Low, cook"), ("credit", "— Ann Low, cook")]),
    ('<blockquote><p>We rowed.</p><p class="quote-author">Ann Low</p></blockquote>',
     [("quotation", "We rowed.\nAnn Low"), ("credit", "Ann Low")]),
    ("<blockquote>We rowed<br>— Ann Low</blockquote>", [("quotation", "We rowed\n— Ann Low")]),
    ("<blockquote>We rowed<br>— and how</blockquote>", [("quotation", "We rowed — and how")]),
    ("<blockquote>I read (<cite>Salt Year</cite>) twice.</blockquote>",
     [("quotation", "I read (Salt Year) twice."), ("credit", "Salt Year"), ("italic", "Salt Year")]),
    ("<figure><blockquote><p>We rowed.</p></blockquote><figcaption>Ann Low, cook</figcaption></figure>",
     [("quotation", "We rowed."), ("credit", "Ann Low, cook")]),
    ("<blockquote>We rowed.<small>Ann Low</small></blockquote>",
     [("quotation", "We rowed.\nAnn Low"), ("credit", "Ann Low")]),
    ("<blockquote>We rowed.</blockquote><p><cite>Ann Low</cite></p>",
     [("quotation", "We rowed."), ("credit", "Ann Low"), ("italic", "Ann Low")]),
    ("<blockquote>We rowed.</blockquote><p>And <cite>Salt Year</cite></p>",
     [("quotation", "We rowed."), ("italic", "Salt Year")]),
    ("<p>I read <cite>Salt Year</cite>.</p><footer>The end</footer>", [("italic", "Salt Year")]),
    ("<blockquote>A <b>bold</b> word</blockquote>", [("quotation", "A bold word"), ("bold", "bold")]),
    ("<b> spaced </b> <i></i>", [("bold", "spaced")]),
])
def test_blocks_are_spans_of_the_text(html: str, expected: list[tuple[BlockKind, str]]) -> None:
    """Each block's span holds exactly the words that the page set apart."""
    text, blocks, _ = plain_text(html)
    assert [(block.kind, block.span.of(text)) for block in blocks] == expected


def test_a_caption_does_not_run_into_the_story() -> None:
    """An image's box in a paragraph is a line of its own."""
    html = '<p><span class="mt-enclosure"><img src=x><i>The pier</i> </span>The ferry was late.</p>'
    assert plain_text(html)[0] == "The pier\nThe ferry was late."


def test_an_image_box_that_never_closes_does_not_make_the_story_a_caption() -> None:
    """Only what can be a caption is one."""
    text, blocks, _ = plain_text('<div class="image-none"><img><i>The pier</i><p>' + "The ferry was late. " * 60)
    assert [block.span.of(text) for block in blocks] == ["The pier"]


@pytest.mark.parametrize(("url", "address"), [
    (f"{ARCHIVE}/http://dispatch.example/a?b=c", "http://dispatch.example/a?b=c"),
    (f"{ARCHIVE}im_/https://dispatch.example/a.jpg", "https://dispatch.example/a.jpg"),
    ("//web.archive.org/web/20150428111715js_/http://dispatch.example/w.js", "http://dispatch.example/w.js"),
    ("/web/20150428111715/http://dispatch.example/tags", "http://dispatch.example/tags"),
    (f"{ARCHIVE}/{ARCHIVE}/http://dispatch.example/", "http://dispatch.example/"),
    (f"{ARCHIVE}///dispatch.example/x", "http://dispatch.example/x"),
    ("//dispatch.example/x", "http://dispatch.example/x"),
    (" https://dispatch.example/x\n", "https://dispatch.example/x"),
    ("http://dispatch.example/2014/05/01/", "http://dispatch.example/2014/05/01/"),
    ("javascript:alert(1)", ""),
    (f"{ARCHIVE}/javascript:alert(1)", "https://web.archive.org/web/20150428111715/javascript:alert(1)"),
    ("/relative/page", ""),
    ("mailto:ann@dispatch.example", ""),
    ("", ""),
])
def test_links_lead_back_to_the_original_address(url: str, address: str) -> None:
    """Archive prefixes of every form are stripped; what is no web address is no link."""
    assert original_address(url) == address


def test_links_are_spans_of_the_text() -> None:
    """A link knows its words and where it led."""
    text, _, links = plain_text(f'See <a href="{ARCHIVE}/http://x.example/">the  memo</a> and <a name="y">this</a>.')
    assert [(link.span.of(text), link.url) for link in links] == [("the memo", "http://x.example/")]


@pytest.mark.parametrize("html", [
    "<div>x " * 30_000 + "end",
    "<b>x " * 30_000 + "end",
    "<blockquote>x " * 30_000 + "end",
    "<p>" + "word " * 2_000_000 + "end",
    "</div></i>" * 100_000 + "<p>end",
    "<" * 500_000 + " end",
    "&amp;amp" * 100_000 + "<p>end",
    '"' * 1_000_000 + "<p>end",
    ("<blockquote>" + "—" * 80 + " (@a</blockquote>") * 5_000 + "end",
], ids=["div", "bold", "blockquote", "10 MB line", "stray ends", "less-than", "ampersands", "marks", "tweet ends"])
def test_hostile_pages_are_read_to_their_last_word(html: str) -> None:
    """Nesting without end, endless lines and broken markup."""
    assert plain_text(html)[0].endswith("end")


@pytest.mark.parametrize("piece", [
    "<div>x ", "<b>x ", "<blockquote>x ", "</div></i>", "<", "&amp;amp", '"', "<p>x", "<br>", "<h2>a</h2>",
    "<p class=twitter-tweet>a", "<blockquote>— (@a</blockquote>", '<a href=http://x.example>"a b"</a> ',
])
def test_work_grows_with_the_page_and_no_faster(piece: str) -> None:
    """However it is marked up."""
    assert is_linear(lambda count: plain_text(piece * count + "<p>end"), 100)


def test_blocks_of_one_kind_do_not_nest_without_end() -> None:
    """Whoever reads the blocks may rely on a few levels."""
    assert len(plain_text("<blockquote>x" * 1_000)[1]) <= 4


FRAGMENTS = st.sampled_from([
    "<p>", "</p>", "<br>", "<b>", "</b>", "<blockquote>", "</blockquote>", "<img>", "<i>", "</i>", "<pre>", "<q>",
    "<td>", '<div class="image-none">', "</div>", '<a href="http://x.example">', "</a>", "<figure>", "<li>", "&amp;",
    "&quot;", "\n", " ", "“", "word", "<", "\x00", "\u200b",
])


@settings(max_examples=200)
@given(st.lists(FRAGMENTS | st.text(max_size=8), max_size=40).map("".join))
def test_any_page_gives_clean_text_and_true_spans(html: str) -> None:
    """No line is empty, no space doubled, every span lies within the text and is trimmed, in order."""
    text, blocks, links = plain_text(html)
    assert all(line and line == fold_spaces(line) for line in text.split("\n")) or not text
    for span in [*(each.span for each in blocks), *(each.span for each in links)]:
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
    assert [each.span.start for each in blocks] == sorted(each.span.start for each in blocks)
