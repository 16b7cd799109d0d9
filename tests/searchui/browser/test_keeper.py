"""A correction made in a browser, by the keyboard alone, and what is left of it after whatever is built again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.build import build
from tests.searchui.browser.conftest import MOST_PRESSES, Hands, served, violations
from tests.searchui.browser.test_browser import SCHEMES, WIDTHS
from tests.searchui.kept_archive import LEVY, TOKEN, kept_app, kept_archive, rebuild

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return kept_archive(tmp_path, monkeypatch)


@pytest.fixture
def keeping(index: Path) -> Iterator[str]:
    """Where the pages are served in keeper's mode."""
    with served(kept_app(index)) as found:
        yield found


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def context(browser: Browser, keeping: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    found = browser.new_context(base_url=keeping, java_script_enabled=request.param)
    yield found
    found.close()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus."""
    Hands(page, keys=True).reach(page.locator(selector).first)


def note(page: Page) -> str:
    """What stands in the margin beside the first quotation."""
    return page.locator("#n1 > details > summary").inner_text()


def test_a_correction_by_the_keyboard_alone_lasts(context: BrowserContext, index: Path) -> None:
    """From the margin to the token, the form and back; then a full build, a changed article, another engine."""
    page = context.new_page()
    page.goto(f"/article/{LEVY}")
    assert "Ruth Adeyemi" in note(page)
    tab_to(page, "#n1 > details > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#n1 a[href^='/keeper/']")
    page.keyboard.press("Enter")
    page.locator("#token").wait_for()
    if not page.locator("#token:focus").count():
        tab_to(page, "#token")
    page.keyboard.type(TOKEN)
    page.keyboard.press("Enter")
    page.locator("#who-speaker").wait_for()
    tab_to(page, "#who-speaker")
    tab_to(page, "input[name=speaker]")
    page.keyboard.type("Hank Sorensen")
    tab_to(page, "#note")
    page.keyboard.type("Heard on the tape.")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/article/{LEVY}#q1")
    assert "Hank Sorensen corrected by the archive" in note(page).replace("\n", " ")

    story = index.parent / f"data/{LEVY}.md"
    story.write_text(story.read_text().replace("The City Council", "Last night the City Council"))
    for again in (lambda: rebuild(index), lambda: build(index.parent / "data", index, engine="kept", jobs=1, full=True),
                  lambda: build(index.parent / "data", index, engine="whoosh", jobs=1)):
        again()
        page.wait_for_timeout(600)           # the server looks for a new build every quarter of a second
        page.goto(f"/article/{LEVY}")
        assert "Hank Sorensen corrected by the archive" in note(page).replace("\n", " ")
    page.locator("#n1 > details > summary").click()
    assert page.get_by_text("The keeper’s note: Heard on the tape.").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_wrong_speaker_is_corrected_in_few_presses(browser: Browser, keeping: str, width: int) -> None:
    """From the article on: the note in the margin, its link, the token, who it was, and the name."""
    page = browser.new_page(base_url=keeping, viewport={"width": width, "height": 800})
    page.goto(f"/article/{LEVY}")
    hands = Hands(page)
    hands.press(page.locator("#n1 > details > summary"))
    hands.press(page.locator("#n1 a[href^='/keeper/']"))
    page.locator("#token").fill(TOKEN)
    hands.press(page.get_by_role("button", name="Unlock corrections"))
    hands.press(page.locator("#who-speaker"))
    page.locator("input[name=speaker]").fill("Hank Sorensen")
    hands.press(page.get_by_role("button", name="Save correction"))
    page.wait_for_url(f"**/article/{LEVY}#q1")
    assert "Hank Sorensen corrected by the archive" in note(page).replace("\n", " ")
    assert hands.presses <= MOST_PRESSES
    page.close()


def test_a_refused_form_says_why_and_keeps_what_was_filled_in(context: BrowserContext, index: Path) -> None:
    """The message is announced, and the choice and the note are there still."""
    page = context.new_page()
    page.goto(f"/keeper/correction?id={LEVY}%23q1")
    tab_to(page, "#token")
    page.keyboard.type(TOKEN)
    page.keyboard.press("Enter")
    page.locator("#who-speaker").wait_for()
    tab_to(page, "#note")
    page.keyboard.type("No name yet.")
    page.keyboard.press("Enter")
    assert "Fill in who said it." in page.get_by_role("alert").inner_text()
    assert page.locator("#note").input_value() == "No name yet."
    assert not (index.parent / "data/corrections.toml").exists()


def test_the_lines_to_paste_are_reached_by_keyboard(context: BrowserContext) -> None:
    """“Wrong speaker?” beside the quotation leads to them without a pointer and without a script."""
    page = context.new_page()
    page.goto(f"/article/{LEVY}")
    tab_to(page, "#n1 > details > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#n1 a[href$='#wrong']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/q1#wrong")
    assert f'article = "{LEVY}"' in page.get_by_role("region", name="Wrong speaker?").inner_text()


@pytest.mark.parametrize("widths", WIDTHS, ids=str)
def test_the_keepers_pages_fit_and_are_sound(browser: Browser, keeping: str, widths: tuple[int, ...]) -> None:
    """In both schemes, on phone, tablet and desk: no sideways scrolling, every field has a name, nothing is complained
    about."""
    context = browser.new_context(base_url=keeping, viewport={"width": widths[0], "height": 800})
    page = context.new_page()

    def sound() -> None:
        for width, scheme in product(widths, SCHEMES):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            assert violations(page, SCHEMES[scheme]) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto("/keeper/")
    sound()
    page.locator("#token").fill(TOKEN)
    page.keyboard.press("Enter")
    page.get_by_text("This browser may correct").wait_for()
    page.goto(f"/keeper/correction?id={LEVY}%23q1")
    sound()
    context.close()
