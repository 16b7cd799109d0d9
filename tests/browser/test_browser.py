"""What people do with the pages, done in a browser: with the keyboard, on a phone, in the dark, without script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (320, 360, 768, 1440)
ADDRESSES = (
    "/", "/search?q=ferry", "/search?q=ferry&in=quotations&not_year=2012", "/search?q=adeyemi&in=people",
    "/search?q=zeppelin&author=Nadia+Okafor", "/article/ben-castellan/ferry-fares?q=ferry", "/person/ruth-adeyemi",
    "/people", "/compare?a=ruth-adeyemi&b=hank-sorensen&q=ferry", "/about", "/help",
)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))


def test_a_search_from_the_front_page_finds_and_marks(page: Page) -> None:
    """Typing and Enter lead to marked hits; the words stay in the box."""
    page.goto("/")
    page.get_by_role("combobox", name="Search the archive").fill("ferry")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=ferry")
    assert page.locator(".hits mark").first.inner_text().lower() == "ferry"
    assert page.get_by_role("combobox", name="Search the archive").input_value() == "ferry"
    assert "ferry" in page.title()


def test_filters_narrow_exclude_and_come_off_again(page: Page) -> None:
    """A facet narrows, its minus leaves out, and a chip takes either away."""
    page.goto("/search?in=quotations")
    page.get_by_role("link", name="Ruth Adeyemi", exact=False).locator("visible=true").first.click()
    chip = page.get_by_role("link", name="Remove filter: said by Ruth Adeyemi")
    assert set(page.locator(".testimony .speaker").all_inner_texts()) == {"Ruth Adeyemi"}
    chip.first.click()
    page.get_by_role("button", name="Exclude Ruth Adeyemi").first.click()
    assert "Ruth Adeyemi" not in page.locator(".testimony .speaker").all_inner_texts()


def test_bars_of_the_chart_are_links_to_their_year(page: Page) -> None:
    """A bar says its figures and leads to the answers of that year."""
    page.goto("/search")
    page.get_by_role("link", name="2012: 2 articles").click()
    assert page.get_by_role("link", name="Remove filter: 2012").first.is_visible()
    assert page.locator(".hits > li").count() == 2


def test_tabs_and_sorts_keep_the_search(page: Page) -> None:
    """Changing the kind of result or the order keeps the words."""
    page.goto("/search?q=ferry")
    page.get_by_role("link", name="Oldest").click()
    page.get_by_role("link", name="Quotations 1").click()
    assert "q=ferry" in page.url
    current = page.get_by_role("navigation", name="Kind of result").locator("[aria-current]")
    assert current.inner_text() == "Quotations 1"


def test_names_are_offered_and_chosen_by_keyboard(page: Page) -> None:
    """Down opens and moves, typing is left alone, Enter follows the person, Escape closes and then clears."""
    page.goto("/help")
    box = page.get_by_role("combobox", name="Search the archive")
    box.press_sequentially("adey", delay=20)
    page.get_by_role("option", name="Ruth Adeyemi").wait_for()
    assert (box.get_attribute("aria-expanded"), box.input_value()) == ("true", "adey")
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "adey"
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="Ruth Adeyemi").wait_for()
    page.keyboard.press("ArrowDown")
    active = str(box.get_attribute("aria-activedescendant"))
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    page.wait_for_url("**/person/ruth-adeyemi")


def test_keys_move_and_can_be_switched_off(page: Page) -> None:
    """/ goes to the box, j and k move along the results, ? lists the keys; off is off, and never inside a field."""
    page.goto("/search?q=ferry")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".hits > li.at").get_attribute("id") == "hit-2"
    page.keyboard.press("k")
    assert page.locator(".hits > li.at").get_attribute("id") == "hit-1"
    page.keyboard.press("/")
    assert focused(page) == "top-q"
    page.keyboard.press("j")
    assert page.locator("#top-q").input_value() == "ferryj"
    page.locator("h1").click()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert focused(page) != "top-q"


def test_matches_in_an_article_follow_one_another(page: Page) -> None:
    """Next match goes through the marked words and round again."""
    page.goto("/article/ben-castellan/ferry-fares?q=ferry")
    marks = page.locator("mark[id]").count()
    assert marks == 2
    for expected in ("m1", "m2", "m1"):
        page.get_by_role("button", name="Next match").click()
        assert page.url.endswith(f"#{expected}")
    page.keyboard.press("p")
    assert page.url.endswith("#m2")


def test_evidence_opens_in_place(page: Page) -> None:
    """How a speaker is known stands beside the quotation, a press away."""
    page.goto("/article/ben-castellan/ferry-fares")
    note = page.locator("#n1")
    assert not note.locator(".evidence").is_visible()
    note.locator("summary").click()
    assert note.locator(".evidence").is_visible()
    assert "surname" in note.inner_text()


def test_what_is_ticked_is_exported(page: Page) -> None:
    """The buttons under a result export the ticked hits, or all where none is ticked."""
    page.goto("/search?q=ferry")
    for ticked, expected in ((False, 3), (True, 1)):
        if ticked:
            page.locator(".pick").first.check()
        with page.expect_download() as download:
            page.get_by_role("button", name="RIS").click()
        text = download.value.path().read_text("utf-8")
        assert text.count("TY  - NEWS") == expected


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_off_at_any_width(browser: Browser, address: str, width: int) -> None:
    """No page scrolls sideways, from 320 pixels on (1280 at 400 % zoom)."""
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in ADDRESSES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


def test_filters_are_folded_on_a_phone_and_open_on_a_desk(browser: Browser, address: str) -> None:
    """Results come first on a narrow screen; a wide one has room for both."""
    for width, visible in ((360, False), (1280, True)):
        context = browser.new_context(base_url=address, viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto("/search?q=ferry")
        assert page.locator("#facet-speaker_id").is_visible() is visible
        context.close()


def test_dark_is_dark(browser: Browser, address: str) -> None:
    """Who asks for dark pages gets them."""
    shades = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(base_url=address, color_scheme=scheme)
        page = context.new_page()
        page.goto("/search?q=ferry")
        shades[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number)")
        context.close()
    assert sum(shades["dark"][:3]) < 150 < 600 < sum(shades["light"][:3])


def test_everything_works_without_script(browser: Browser, address: str) -> None:
    """Search, filter, page, read, see the matches and the evidence: links and forms do all of it."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Search the archive").fill("ferry")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Exclude Nadia Okafor").click()
    page.get_by_role("link", name="Ferry Fares to Rise Again").click()
    page.get_by_role("link", name="Match 2").click()
    assert page.url.endswith("#m2")
    page.locator("#n1 summary").click()
    assert page.locator("#n1 .evidence").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(browser: Browser, address: str, scheme: str) -> None:
    """axe-core finds nothing on any page, folded parts opened, in both schemes."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(base_url=address, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for path in ADDRESSES:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        violations = axe.run(page).response["violations"]
        assert not violations, (path, [(each["id"], each["nodes"][0]["html"]) for each in violations])
    context.close()
