"""Elements and texts of a page in its own order, whatever state it is in."""

from __future__ import annotations

import pytest

from indexer.reading.html_elements import Element, read


class Noted:
    """A page that notes what it is given."""

    def __init__(self) -> None:
        self.steps: list[str] = []

    def enter(self, element: Element) -> None:
        self.steps.append(f"<{element.name}>")

    def leave(self, element: Element) -> None:
        self.steps.append(f"</{element.name}>")

    def write(self, text: str) -> None:
        self.steps.append(text)


def body_of(html: str) -> str:
    page = Noted()
    read(html, page, lambda element: element.name == "script" or "hidden" in element.attributes)
    return "".join(page.steps).removeprefix("<html><body>").removesuffix("</body></html>")


@pytest.mark.parametrize(("html", "steps"), [
    ("<p>The <b>ferry</b> is late.</p>", "<p>The <b>ferry</b> is late.</p>"),
    ("<div>The <b>ferry <i>is</b> late.</div>", "<div>The <b>ferry <i>is</i></b> late.</div>"),
    ("<div>The ferry</b></em> is late.</div>", "<div>The ferry is late.</div>"),
    ("<p>The ferry<br>is late.", "<p>The ferry<br></br>is late.</p>"),
    ("<div>The <!-- old --><?php ferry ?>pier</div>", "<div>The pier</div>"),
    ("<div>a<script>b<i>c</i></script>d</div>", "<div>ad</div>"),
    ("<div>a<span hidden>b<i>c</i></span>d</div>e", "<div>ad</div>e"),
    ("<div><span hidden>b<i>c</div>d", "<div></div>d"),
    ("<div><ruby>ferry<rt>fer<b>ri</b></rt></ruby></div>", "<div><ruby>ferry<rt><b></b></rt></ruby></div>"),
])
def test_steps(html: str, steps: str) -> None:
    """What is never closed ends with what is around it, what closes nothing is passed over, what is skipped is left out
    with all that is in it."""
    assert body_of(html) == steps


def test_depth() -> None:
    """However deep a page nests, every element is left."""
    steps = body_of("<div>" * 20_000 + "ferry")
    assert steps.count("<div>") == steps.count("</div>") > 100
