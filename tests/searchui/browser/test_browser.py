"""What people do with the pages, done in a browser: with the keyboard, on a phone, in the dark, without script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from tests.searchui.browser.conftest import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Loaded once in a narrow window and once in a wide one, for which a script adds what stands in the margin.
WIDTHS = ((320, 360, 768), (1440,))
# What axe-core is asked in each scheme: everything, then the rules that see colours.
SCHEMES: dict[Literal["light", "dark"], dict[str, list[str]]] = {
    "light": {"resultTypes": ["violations"]}, "dark": {"resultTypes": ["violations"], "runOnly": ["cat.color"]},
}
ADDRESSES = (
    "/", "/search?q=ferry", "/search?q=ferry&in=quotations&not_year=2012", "/search?q=adeyemi&in=people",
    "/search?q=zeppelin&author=Nadia+Okafor", "/search?q=what+did+adeyemi+say+about+robbery",
    "/article/ben-castellan/ferry-fares?q=ferry", "/person/ruth-adeyemi",
    "/people", "/compare?a=ruth-adeyemi&b=hank-sorensen&q=ferry", "/about", "/help", "/sources?q=ferry",
    "/trends?q=ferry&q=levy&q=wall", "/lines?q=ferry", "/quotation/ben-castellan/ferry-fares/q1", "/notebook", "/api/",
    "/search?q=%28", "/nowhere",
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
    chip.first.wait_for()
    assert set(page.locator(".testimony .speaker").all_inner_texts()) == {"Ruth Adeyemi"}
    chip.first.click()
    chip.first.wait_for(state="detached")
    page.get_by_role("button", name="Exclude Ruth Adeyemi").first.click()
    page.get_by_role("link", name="Remove filter: not said by Ruth Adeyemi").first.wait_for()
    assert "Ruth Adeyemi" not in page.locator(".testimony .speaker").all_inner_texts()


def test_bars_of_the_chart_are_links_to_their_year(page: Page) -> None:
    """A bar says its figures and leads to the answers of that year."""
    page.goto("/search")
    page.get_by_role("link", name="2012: 2 articles").click()
    page.get_by_role("link", name="Remove filter: 2012").first.wait_for()
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
    assert focused(page) == "Ferry Fares to Rise Again"
    page.keyboard.press("/")
    assert focused(page) == "top-q"
    page.keyboard.press("j")
    assert page.locator("#top-q").input_value() == "ferryj"
    page.locator("h1").click()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert focused(page) != "top-q"


@pytest.mark.parametrize(("path", "leads_to"), [
    ("/search?q=ferry", "/article/ben-castellan/ferry-fares?q=ferry"),
    ("/search?q=ferry&in=quotations", "/article/ben-castellan/ferry-fares?q=ferry#q1"),
    ("/search?q=adeyemi&in=people", "/person/ruth-adeyemi"),
    ("/person/ruth-adeyemi", "/article/jonah-reyes/sea-wall-update#q2"),
])
def test_the_key_for_the_next_result_takes_enter_to_it(page: Page, path: str, leads_to: str) -> None:
    """Of every kind of result, j focuses the link to what was found."""
    page.goto(path)
    page.keyboard.press("j")
    assert str(page.evaluate("document.activeElement.href")).endswith(leads_to)


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
    note.locator("summary").first.click()
    assert note.locator(".evidence").is_visible()
    assert "surname" in note.inner_text()


def test_what_is_ticked_is_exported(page: Page) -> None:
    """The buttons under a result export the ticked hits, or all where none is ticked."""
    page.goto("/search?q=ferry")
    for ticked, expected in ((False, 3), (True, 1)):
        if ticked:
            page.locator(".pick").first.check()
        with page.expect_download() as download:
            page.get_by_role("button", name="RIS", exact=True).click()
        text = download.value.path().read_text("utf-8")
        assert text.count("TY  - NEWS") == expected


@pytest.mark.parametrize("widths", WIDTHS, ids=str)
def test_nothing_is_cut_off_at_any_width(browser: Browser, address: str, widths: tuple[int, ...]) -> None:
    """No page scrolls sideways, from 320 pixels on (1280 at 400 % zoom)."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    for path in ADDRESSES:
        page.set_viewport_size({"width": widths[0], "height": 800})
        page.goto(path)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
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
    page.locator("#hit-1 h3").get_by_role("link", name="Ferry Fares to Rise Again", exact=True).click()
    page.get_by_role("link", name="Match 2").click()
    assert page.url.endswith("#m2")
    page.locator("#n1 > details > summary").click()
    assert page.locator("#n1 .evidence").is_visible()
    context.close()


@pytest.mark.parametrize("widths", WIDTHS, ids=str)
def test_no_page_breaks_a_rule_of_accessibility(browser: Browser, address: str, widths: tuple[int, ...]) -> None:
    """axe-core finds nothing on any page, folded parts opened, on phone, tablet and desk; in dark colours its rules of
    colour are asked again."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    for path in ADDRESSES:
        page.set_viewport_size({"width": widths[0], "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        for width in widths[-2:]:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme, asked in SCHEMES.items():
                page.emulate_media(color_scheme=scheme)
                assert violations(page, asked) == [], (path, scheme, width)
    context.close()


def test_a_page_at_400_per_cent_reads_downwards(browser: Browser, address: str) -> None:
    """1280 pixels enlarged four times, at which only 200 of 800 in height are left: nothing scrolls sideways, no text
    is cut, and whatever is fixed leaves most of the window to the page."""
    context = browser.new_context(base_url=address, viewport={"width": 320, "height": 200}, device_scale_factor=4)
    page = context.new_page()
    for path in ADDRESSES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        cut = page.evaluate("""[...document.querySelectorAll('main *')].filter(each => {
            const style = getComputedStyle(each);
            return each.children.length === 0 && each.textContent.trim() && style.overflow === 'hidden'
                && !each.closest('.hidden') && each.scrollWidth > each.clientWidth + 1; }).length""")
        assert cut == 0, path
        stuck = page.evaluate("""[...document.querySelectorAll('*')]
            .filter(each => ['fixed', 'sticky'].includes(getComputedStyle(each).position))
            .reduce((sum, each) => sum + each.getBoundingClientRect().height, 0)""")
        assert stuck < 110, (path, stuck)
    context.close()


def test_text_twice_as_large_is_not_cut(browser: Browser, address: str) -> None:
    """Who sets larger letters gets them, and no page scrolls sideways for it."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for path in ADDRESSES:
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, path
    context.close()


def test_nothing_moves_for_those_who_want_rest(browser: Browser, address: str) -> None:
    """No smooth scrolling, transition or animation where motion is to be reduced."""
    found = {}
    for motion in ("reduce", "no-preference"):
        context = browser.new_context(base_url=address, reduced_motion=motion)
        page = context.new_page()
        page.goto("/article/ben-castellan/ferry-fares?q=ferry")
        found[motion] = page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
        moving = page.evaluate("""[...document.querySelectorAll('*')].filter(each => {
            const style = getComputedStyle(each);
            return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none'; }).length""")
        assert moving == 0
        context.close()
    assert found == {"reduce": "auto", "no-preference": "smooth"}


def test_a_printed_page_is_the_story(browser: Browser, address: str) -> None:
    """On paper there are the text, who said it, how to cite it and its address; no box, filter or button."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/article/ben-castellan/ferry-fares?q=ferry")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for shown in (".story h1", ".passage", ".notes .speaker", "#cite dd", ".after >> text=Permanent link"):
        assert page.locator(shown).first.is_visible(), shown
    for left in (".masthead search", ".masthead nav", ".matches", ".formats"):
        assert not page.locator(left).first.is_visible(), left
    page.goto("/search?q=ferry&in=quotations")
    for left in (".filters", ".take", ".pick", ".sorts"):
        assert not page.locator(left).first.is_visible(), left
    assert page.locator(".hits .said").first.is_visible()
    context.close()


def test_forced_colours_keep_marks_bars_and_choices(browser: Browser, address: str) -> None:
    """Where the system's colours replace ours, what was found, the bars and what is ticked can still be told apart."""
    context = browser.new_context(base_url=address, forced_colors="active")
    page = context.new_page()
    page.goto("/search?q=ferry")
    colours = page.evaluate("""(() => {
        const of = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
        return [of('.hits mark', 'backgroundColor'), of('body', 'backgroundColor'), of('.pick', 'appearance'),
                of('.tabs [aria-current]', 'borderBottomColor')]; })()""")
    assert colours[0] != colours[1] != colours[3]
    assert colours[2] == "auto"
    page.goto("/search")
    bars = page.evaluate("[...document.querySelectorAll('.bars rect')].map(each => getComputedStyle(each).fill)")
    assert bars and colours[1] not in bars
    context.close()


def test_the_keyboard_alone_goes_from_question_to_quotation(page: Page) -> None:
    """Tab, Enter and the arrows reach skip links, filters, results, evidence and the way back, and focus is seen."""
    page.goto("/search?q=ferry&in=quotations")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to results"
    assert page.locator(".skip").first.bounding_box()["y"] >= 0          # type: ignore[index]
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to filters"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    seen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        seen.append(focused(page))
        if seen[-1] == "t1":
            break
    assert seen[-1] == "t1"
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/ben-castellan/ferry-fares?q=ferry#q1")
    page.locator("#n1 > details > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#n1 .evidence").is_visible()
    page.go_back()
    page.wait_for_url("**/search?q=ferry&in=quotations*")


def test_targets_are_large_enough(browser: Browser, address: str) -> None:
    """On a phone, whatever stands alone to be pressed is at least 24 pixels high and wide."""
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 800}, has_touch=True)
    page = context.new_page()
    for path in ADDRESSES:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        small = page.evaluate("""[...document.querySelectorAll(
            'button, summary, .pick, .facet li a, .chip, .tabs a, .pages a, .letters a, .sorts a, .press')]
            .filter(each => each.offsetParent !== null).map(each => [each, each.getBoundingClientRect()])
            .filter(([each, box]) => box.height < 23.5 || box.width < 23.5)
            .map(([each, box]) => `${each.outerHTML.slice(0, 90)} ${box.width}×${box.height}`)
            """)
        assert not small, (path, small)
    context.close()
