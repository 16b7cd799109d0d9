"""What stands above a story, as tools and people write it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from indexer.errors import ArticleError
from indexer.reading.front_matter import FrontMatter, split

PATH = Path("story.md")
LAUGHS = "a: &a [x, x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n" for before, after in zip("abcdefgh", "bcdefghi"))


def fields(text: str, fence: str = "---") -> dict[str, object]:
    """What stands between two fences."""
    found = split(f"{fence}\n{text}\n{fence}\nBody.", PATH)
    assert found.body == "\nBody."
    return found.fields


@pytest.mark.parametrize(("text", "read"), [
    ("title: T\nauthor: A", {"title": "T", "author": "A"}),
    ("TITLE : T", {"title": "T"}),
    ("title:\nauthor: A", {"author": "A"}),
    ("author: null\ndate: ~", {}),
    ('title: "The \\"Soft\\" Sea: A Life"', {"title": 'The "Soft" Sea: A Life'}),
    ("title: 'The Keeper''s Dog'", {"title": "The Keeper's Dog"}),
    ('title: "Caf\\u00e9\\tNoir"', {"title": "Café\tNoir"}),
    ("title: >-\n  A long\n  way\nauthor: A", {"title": "A long way", "author": "A"}),
    ("title: |\n  A long\n  way", {"title": "A long\nway\n"}),
    ("title: A long\n  headline", {"title": "A long headline"}),
    ("authors:\n- A\n- B", {"authors": ["A", "B"]}),
    ("authors: [A, 'B C']", {"authors": ["A", "B C"]}),
    ("author:\n  name: A\n  mail: a@x.example", {"author": {"name": "A", "mail": "a@x.example"}}),
    ("authors:\n  - name: A\n  - name: B", {"authors": [{"name": "A"}, {"name": "B"}]}),
    ("date: 2014-05-06 23:30:00 -0400", {"date": "2014-05-06 23:30:00 -0400"}),
    ("date: 2014-05", {"date": "2014-05"}),
    ("title: 1984", {"title": "1984"}),
    ("title: No", {"title": "No"}),
    ("# a comment\n\ntitle: T # and one behind", {"title": "T"}),
    ("title: #1 Ferry Is Our #1 # of all", {"title": "#1 Ferry Is Our #1"}),
    ("title:\tT\nauthors:\n\t- A", {"title": "T", "authors": ["A"]}),
    ("pubDate: Tue, 06 May 2014 09:15:00 +0200", {"pubdate": "Tue, 06 May 2014 09:15:00 +0200"}),
    ("title: !!python/object/apply:os.system [x]", {"title": ["x"]}),
    ('"title": T', {"title": "T"}),
])
def test_yaml(text: str, read: dict[str, object]) -> None:
    """Every scalar as it was typed, whatever YAML would make of it."""
    assert fields(text) == read
    assert split(f"---\n{text}\n---\nBody.", PATH).warning == ""


@pytest.mark.parametrize(("text", "read"), [
    ('title: Tolls: Boats "Swear" Revenge\nauthor: A', {"title": 'Tolls: Boats "Swear" Revenge', "author": "A"}),
    ('title: "Lost" Boat: "We Swam"\nauthor: A', {"title": '"Lost" Boat: "We Swam"', "author": "A"}),
    ("title: 'Lost' Boat Found\nauthor: A", {"title": "'Lost' Boat Found", "author": "A"}),
    ("title: @ferry Sinks\nauthor: A", {"title": "@ferry Sinks", "author": "A"}),
    ("title: *Sigh*, Another Toll\nauthor: A", {"title": "*Sigh*, Another Toll", "author": "A"}),
    ("title: [Update] Toll Raised\nauthor: A", {"title": "[Update] Toll Raised", "author": "A"}),
    ("title: 50% Off: Tolls\n  go down\ndate: 2014", {"title": "50% Off: Tolls go down", "date": "2014"}),
])
def test_headlines_that_are_no_yaml(text: str, read: dict[str, object]) -> None:
    """Programs that write plain lines quote nothing; all is read, so nothing is said."""
    assert fields(text) == read
    assert split(f"---\n{text}\n---\nBody.", PATH).warning == ""


@pytest.mark.parametrize(("text", "read", "warning"), [
    ("title: A: B\nauthors:\n  - A\n  - B\ntags: [x", {"title": "A: B", "authors": ["A", "B"], "tags": "[x"}, ""),
    ("title: T\nauthors:\n  - A\n - B", {"title": "T", "authors": "- A - B"}, "front matter read line by line: "),
    ("title: T\nauthor: *who\ndate: 2014", {"title": "T", "author": "*who", "date": "2014"}, ""),
])
def test_broken_yaml_is_read_as_far_as_it_goes(text: str, read: dict[str, object], warning: str) -> None:
    """A field that cannot be parsed is kept as it stands; where that may lose something it is said."""
    assert fields(text) == read
    said = split(f"---\n{text}\n---\nBody.", PATH).warning
    assert said.startswith(warning) if warning else not said


@pytest.mark.parametrize(("text", "read"), [
    ('title = "A \\"Soft\\" Sea"\nauthors = ["A", "B"]', {"title": 'A "Soft" Sea', "authors": ["A", "B"]}),
    ("date = 2014-05-06T09:00:00Z", {"date": "2014-05-06T09:00:00+00:00"}),
    ("date = 2014-05-06", {"date": "2014-05-06"}),
    ("[author]\nname = 'A'", {"author": {"name": "A"}}),
    ("weight = 3\ndraft = true", {"weight": "3", "draft": "True"}),
    ("title = no quotes\nauthor = 'A'", {"title": "no quotes", "author": "A"}),
])
def test_toml(text: str, read: dict[str, object]) -> None:
    """Between plus signs."""
    assert fields(text, "+++") == read


def test_json() -> None:
    """An object above the story, or names and values between semicolons."""
    value = {"title": 'A "Soft" Sea', "Authors": ["A"], "year": 2014}
    read: dict[str, object] = {"title": 'A "Soft" Sea', "authors": ["A"], "year": "2014"}
    assert split(json.dumps(value, indent=1) + "\n\nBody.", PATH) == FrontMatter(read, "\n\nBody.", 7)
    assert fields(json.dumps(value), ";;;") == read
    assert fields(json.dumps(value)[1:-1], ";;;") == read


@pytest.mark.parametrize("text", [
    "Body only.", "---\n\nA rule above a story.", "--- \n- a list\n---\n", '{"no": end', "{{< figure >}}\nBody.",
    "{not: json}", "# A heading\n---\nBody.",
])
def test_stories_without_front_matter(text: str) -> None:
    """Rules, braces and headings are the story's."""
    assert split(text, PATH) == FrontMatter({}, text)


@pytest.mark.parametrize(("text", "line"), [
    ("---\ntitle: T\n...\nBody.", 4), ("<!-- kept by hand -->\n---\ntitle: T\n---\nBody.", 5),
    ("\n\n---\ntitle: T\n---\nBody.", 6),
])
def test_where_the_body_begins(text: str, line: int) -> None:
    """Errors name the line."""
    found = split(text, PATH)
    assert (found.fields, found.line, found.body) == ({"title": "T"}, line, "\nBody.")


@pytest.mark.parametrize(("text", "reason", "line"), [
    ("---\ntitle: T\nBody.", "front matter without end", 1),
    ("+++\ntitle = 'T'\nBody.", "front matter without end", 1),
    ("---\n" + "key: value\n" * 600 + "---\nBody.", "front matter of more than 500 lines", 1),
])
def test_front_matter_without_end(text: str, reason: str, line: int) -> None:
    """That is no article: what would be its text?"""
    with pytest.raises(ArticleError) as caught:
        split(text, PATH)
    assert caught.value.reason.startswith(reason)
    assert caught.value.line == line


@pytest.mark.parametrize("text", [
    LAUGHS, "a: " + "[" * 5_000, "a: " + "{b: " * 5_000, "title: " + "x" * 5_000_000, "a: &a [*a]", "- " * 40_000,
    "? " * 40_000, "a: !!binary " + "x" * 90_000, "k " * 50_000 + ": x",
], ids=lambda text: text[:12])
def test_hostile_yaml_is_bounded(text: str) -> None:
    """Laughs, depth and size: what is held is no larger than the file."""
    assert len(str(split(f"---\ntitle: T\n{text}\n---\nBody.", PATH).fields)) < 6_000_000


@pytest.mark.parametrize(("start", "end"), [("+++\na = " + "[" * 50_000, "\n+++\n"), ('{"a": ' + "[" * 50_000, "")])
def test_hostile_toml_and_json_are_bounded(start: str, end: str) -> None:
    """Depth is refused."""
    assert isinstance(split(start + end, PATH), FrontMatter)


@given(st.text(max_size=200), st.sampled_from(["---\n", "+++\n", ";;;\n", "{", ""]))
def test_any_text_is_front_matter_or_none(text: str, fence: str) -> None:
    """Nothing above a story raises but for an end that is missing."""
    try:
        found = split(f"{fence}{text}\n{fence}Body.", PATH)
    except ArticleError as error:
        assert error.reason.startswith("front matter")
    else:
        assert all(key == key.lower() for key in found.fields)
