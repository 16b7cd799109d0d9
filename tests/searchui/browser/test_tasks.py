"""What people come for, done in a browser from the front page, each press of a link or button counted."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer import spreadsheet_safe
from searchui import create_app
from tests.conftest import archive
from tests.engines.linear_engine import LinearEngine
from tests.searchui.browser.conftest import MOST_PRESSES, Hands, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(params=["mouse", "keyboard", "phone"])
def hands(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Hands]:
    """At a desk with a mouse, there by keyboard alone, and on a phone 360 pixels wide."""
    phone = request.param == "phone"
    context = browser.new_context(base_url=address, has_touch=phone, permissions=["clipboard-read", "clipboard-write"],
                                  viewport={"width": 360 if phone else 1280, "height": 800})
    found = Hands(context.new_page(), keys=request.param == "keyboard")
    found.page.goto("/")
    yield found
    assert found.page.evaluate("document.documentElement.scrollWidth") <= (360 if phone else 1280)
    assert 0 < found.presses <= MOST_PRESSES
    context.close()


def test_what_somebody_said_of_a_subject_in_some_years_as_references(hands: Hands) -> None:
    """A question with a name, a subject and years is answered with quotations alone, and they go to RIS."""
    page = hands.page
    hands.search("what did Ruth Adeyemi say about the ferry, 2009-2012")
    assert "Read as quotations by Ruth Adeyemi about" in page.locator("main").inner_text()
    assert page.locator(".testimony .speaker").all_inner_texts() == ["Ruth Adeyemi"]
    with page.expect_download() as download:
        hands.press(page.get_by_role("button", name="RIS", exact=True))
    text = download.value.path().read_text("utf-8")
    assert text.count("TY  - NEWS") == 1 and "The ferry must pay its own way" in text and "2010/05/02" in text


def test_an_exact_promise_with_its_certainty_and_who_else_said_it(hands: Hands) -> None:
    """Words, how sure the speaker is, the citation and the other printing of the same words."""
    page = hands.page
    hands.search('"until the river gives up"')
    hands.link("Quotations 2")
    assert "sure" in page.locator("#hit-1 .level").inner_text()
    hands.link("Cite, find similar")
    assert page.get_by_role("heading", name="Ruth Adeyemi").is_visible()
    assert "We will build until the river gives up.” Ruth Adeyemi, “Sea Wall" in page.locator(".line").inner_text()
    printed = page.get_by_role("region", name="Also printed in")
    assert "Sea Wall Rises in Saltmarsh" in printed.inner_text()
    hands.press(page.get_by_role("button", name="Copy"))
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“We will build until the river gives up.” Ruth Adeyemi, “")


def test_sources_and_trend_of_a_subject(hands: Hands) -> None:
    """Everybody quoted on it with days and certainty as a table, and the subject over time as another."""
    page = hands.page
    hands.search("ferry")
    hands.link("Sources")
    rows = page.locator(".sources tbody tr")
    assert rows.count() == 3 and "2 May 2010" in rows.first.inner_text()
    with page.expect_download() as download:
        hands.press(page.get_by_role("link", name="Download as CSV"))
    assert "Mei-Ling Zhao" in download.value.path().read_text("utf-8")
    hands.link("Trend over time")
    assert page.locator(".trend polyline").count() >= 1
    with page.expect_download() as download:
        hands.press(page.get_by_role("link", name="Download as CSV"))
    lines = [line for line in download.value.path().read_text("utf-8").splitlines() if not line.startswith("#")]
    assert next(csv.reader(lines)) == ["year", "articles in the archive", "ferry", "ferry, per 1,000 articles"]


@pytest.fixture(scope="module")
def sample(sample_index: Path) -> Iterator[str]:
    """Where the sample archive is served."""
    with served(create_app({"INDEX": str(sample_index)})) as found:
        yield found


@pytest.mark.parametrize(("remembered", "headline"), [
    ("goose allowed on the ferry as a passenger", "Saltmarsh Goose Declared"),
    ("bridge opened for a boat and would not close", "Meridian Bridge Opens"),
    ("bank robber very polite asked for a pen", "Polite Robber Asks Bank"),
    ("stolen butter but they left the margarine", "Thieves Take 900 Pounds"),
    ("juror fell asleep in the murder trial", "Juror No. 9 Slept"),
])
def test_a_half_remembered_story_is_found(browser: Browser, sample: str, remembered: str, headline: str) -> None:
    """Two presses: the words that come to mind, and the first of the answers."""
    page = browser.new_page(base_url=sample)
    page.goto("/")
    hands = Hands(page)
    hands.search(remembered)
    hands.press(page.locator("#hit-1 h3 a").first)
    page.wait_for_url("**/article/**")
    assert page.locator("h1").inner_text().startswith(headline)
    assert hands.presses == 2
    page.close()


@pytest.mark.parametrize(("misspelt", "name"), [
    ("Ruth Adeyemy", "Ruth Adeyemi"), ("Hank Sorenson", "Hank Sorensen"), ("Renata Okonkwo-Bel", "Renata Okonkwo-Bell"),
    ("Vincent Tagliafero", "Vincent Tagliaferro"), ("Gordon Prentis", "Gordon Prentiss"),
])
def test_a_misspelt_name_is_understood(browser: Browser, sample: str, misspelt: str, name: str) -> None:
    """Three presses at most: the name with wrong letters, how it is spelt if the page asks that first, the person."""
    page = browser.new_page(base_url=sample)
    page.goto("/")
    hands = Hands(page)
    hands.search(misspelt)
    while "/person/" not in page.url and hands.presses < 3:
        with page.expect_navigation():
            hands.press(page.locator(".understood .note a").first)
    assert name in page.locator("h1").inner_text()
    page.close()


def test_a_quotation_is_kept_by_keyboard_alone(page: Page) -> None:
    """From the box to a kept quotation and to the sources without a mouse: Tab, Enter, the keys j and Space."""
    page.goto("/search?q=ferry&in=quotations")
    page.keyboard.press("j")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Keep":
            break
    page.keyboard.press("Space")
    page.get_by_role("button", name="Kept").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    page.goto("/search?q=ferry&in=quotations")
    page.locator("#results").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Sources":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources?**")
    assert page.locator(".sources tbody tr").count() == 1


def test_at_360_pixels_a_promise_is_found_cited_and_kept(browser: Browser, address: str) -> None:
    """On a phone: one line of header, the menu behind one press, nothing sideways."""
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto("/")
    hands = Hands(page)
    hands.search("speaker:Adeyemi ferry")
    hands.link("Quotations 1")
    header = page.locator(".masthead").bounding_box()
    assert header and header["height"] < 70
    hands.press(page.get_by_role("button", name="Keep"))
    page.get_by_role("button", name="Kept").wait_for()
    hands.press(page.locator(".menu summary"))
    hands.press(page.get_by_role("link", name="Notebook"))
    page.locator(".kept li").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert "The ferry must pay its own way" in page.locator(".kept").inner_text()
    assert hands.presses <= MOST_PRESSES
    context.close()


def kept(page: Page, *numbers: int) -> None:
    """Keep hits of a search for everything that was said."""
    page.goto("/search?in=quotations&sort=oldest")
    for number in numbers:
        page.locator(f"#hit-{number}").get_by_role("button", name="Keep").click()
        page.locator(f"#hit-{number}").get_by_role("button", name="Kept").wait_for()


def test_a_notebook_keeps_notes_and_exports_them(page: Page) -> None:
    """In this browser alone; CSV, RIS, JSON and Markdown hold words, speaker, source and note."""
    kept(page, 1, 2)
    page.goto("/notebook")
    notes = page.get_by_label("Note")
    notes.first.fill("=compare with 2012")
    notes.nth(1).fill("see page 4;\u200b＝B1")
    page.reload()
    assert page.get_by_label("Note").first.input_value() == "=compare with 2012"
    files = {}
    for name in ("CSV", "RIS", "JSON", "Markdown"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        files[name] = download.value.path().read_text("utf-8")
    head, first, second = csv.reader(files["CSV"].splitlines())
    assert dict(zip(head, first))["note"] == "'=compare with 2012"
    assert dict(zip(head, second))["note"] == spreadsheet_safe("see page 4;\u200b＝B1") == "see page 4;'\u200b＝B1"
    assert dict(zip(head, first))["words"] == "Over my dead chalkboard,"
    assert files["RIS"].count("TY  - NEWS") == 2 and "N1  - =compare with 2012" in files["RIS"]
    assert [each["speaker"] for each in json.loads(files["JSON"])] == ["Michael Garrity", "Ruth Adeyemi"]
    assert "> Over my dead chalkboard,\n\n— Michael Garrity, [" in files["Markdown"]
    page.get_by_role("button", name="Remove: Over my dead chalkboard").click()
    page.locator(".kept li").nth(1).wait_for(state="detached")
    assert page.locator(".kept li").count() == 1


def test_a_notebook_is_shared_as_an_address(page: Page, browser: Browser, address: str) -> None:
    """Another browser sees quotations, read from the archive, and notes as text, and keeps nothing until told to."""
    kept(page, 1)
    page.goto("/notebook")
    page.get_by_label("Note").fill("<img src=x onerror=alert(1)> ü")
    page.get_by_role("button", name="Share as an address").click()
    shared = page.get_by_label("Address to share").input_value()
    assert "#" in shared and "chalkboard" not in shared
    context = browser.new_context(base_url=address)
    other = context.new_page()
    asked: list[str] = []
    other.on("request", lambda request: asked.append(request.url))
    other.goto(shared)
    other.locator(".kept li").wait_for()
    assert "Over my dead chalkboard" in other.locator(".kept").inner_text()
    assert other.locator(".noted").inner_text() == "<img src=x onerror=alert(1)> ü"
    assert not [each for each in asked if "onerror" in each]
    assert other.evaluate("localStorage.getItem('notebook')") is None
    other.get_by_role("button", name="Add all to my notebook").click()
    other.get_by_label("Note").wait_for()
    assert len(json.loads(other.evaluate("localStorage.getItem('notebook')"))) == 1
    context.close()


@pytest.mark.parametrize("fragment", ["x", "W10", "bnVsbA", "W1siYSMxIiwxXSxbMiwzXSwieCIsbnVsbF0", "%F0%9F"])
def test_a_damaged_shared_address_does_no_harm(page: Page, fragment: str) -> None:
    """It says that it holds no notebook, or shows what can be shown."""
    page.goto(f"/notebook#{fragment}")
    page.locator("#notebook > *").first.wait_for()
    assert page.locator("img").count() == 0


def test_what_stands_around_a_hit_is_shown_in_the_margin(browser: Browser, address: str) -> None:
    """Wide windows have room for the paragraph of the first hit, then of the one under the pointer."""
    context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto("/search?q=ferry&in=quotations")
    page.locator(".preview p").first.wait_for()
    assert "Mayor Adeyemi said at Alder Street" in page.locator(".preview").inner_text()
    page.goto("/search?q=ferry&sort=oldest")
    page.locator(".preview p").first.wait_for()
    first = page.locator(".preview").inner_text()
    page.locator("#hit-2 h3").hover()
    page.wait_for_function("text => document.querySelector('.preview').innerText !== text", arg=first)
    context.close()


def test_without_script_a_quotation_is_cited_by_hand(browser: Browser, address: str) -> None:
    """The link leads to a page with the text; the notebook says what it needs."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search?q=ferry&in=quotations")
    page.get_by_role("link", name="Cite, find similar").click()
    assert "“The ferry must pay its own way,” Ruth Adeyemi" in page.locator(".line").inner_text()
    page.goto("/notebook")
    assert page.get_by_text("The notebook needs JavaScript").is_visible()
    context.close()


def test_drawing_across_the_bars_chooses_their_years(browser: Browser) -> None:
    """From one bar to another: the quotations of the years between."""
    years = {"2010": (1, 1), "2011": (1, 1), "2012": (1, 1), "2014": (2, 2)}
    documents = [{**each, "years": years} if each["id"] == "ruth-adeyemi" else each for each in archive()]
    with served(create_app({"ENGINE": LinearEngine(documents)})) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.goto("/person/ruth-adeyemi")
        page.locator(".bars li").nth(0).hover()
        page.mouse.down()
        page.locator(".bars li").nth(2).hover()
        page.mouse.up()
        page.wait_for_url("**/person/ruth-adeyemi?from=2010&to=2012")
        assert page.locator(".bars [aria-current]").count() == 3
        context.close()


def test_a_printed_page_has_its_address_and_day(browser: Browser, address: str) -> None:
    """Of a person, of sources, of a trend: where and when it was printed, and no menu."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.emulate_media(media="print")
    for path in ("/person/ruth-adeyemi", "/sources?q=ferry", "/trends?q=ferry&q=levy"):
        page.goto(path)
        printed = page.locator(".printed-at").inner_text()
        assert printed.startswith(f"{address}{path}") and str(page.evaluate("new Date().getFullYear()")) in printed
        assert not page.locator(".menu").is_visible() and not page.locator(".use").first.is_visible()
    context.close()
