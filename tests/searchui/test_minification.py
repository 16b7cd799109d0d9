"""What is taken away from stylesheet and script before they travel, and what must not be."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import searchui
from searchui.serving.minification import lean_script, lean_style

STATIC = Path(searchui.__file__).parent / "static"


@pytest.mark.parametrize(("text", "lean"), [
    ("a { color: red; }", "a{color:red}"),
    ("/* why */\na,\n  b > c {\n  margin: 0 auto;\n}\n", "a,b>c{margin:0 auto}"),
    ("a /* in between */ b { top: 0 }", "a b{top:0}"),
    ("li :first-child { top: 0 }", "li :first-child{top:0}"),
    ("a { width: calc(1rem + 2px - 1%); }", "a{width:calc(1rem + 2px - 1%)}"),
    ("@media (min-width: 40rem) { a { top: 0; } }", "@media (min-width:40rem){a{top:0}}"),
    ('a::before { content: "“"; }', 'a::before{content:"“"}'),
    (":root { --ink: #000; --ink-2: red; }\na { color: var(--ink-2); top: var(--ink); }",
     ":root{--a:#000;--b:red}a{color:var(--b);top:var(--a)}"),
    ("", ""),
])
def test_a_stylesheet_keeps_what_means_something(text: str, lean: str) -> None:
    """Blanks that part names, and those that calc() needs, stay."""
    assert lean_style(text) == lean


@pytest.mark.parametrize(("text", "lean"), [
    ("/* why */\nlet a = 1;\n", "let a=1;\n"),
    ("if (a) {\n    b();\n}\n", "if(a){\nb();\n}\n"),
    ("a();   // because\nb();\n", "a();\nb();\n"),
    ('go("https://a.example/ b");\n', 'go("https://a.example/ b");\n'),
    ('say(a ? "x = 1, y" : `(${b} + c) { }`);\n', 'say(a?"x = 1, y":`(${b} + c) { }`);\n'),
    ('if (/[:"() ] = \\/ x/.test(typed)) return close();\n', 'if(/[:"() ] = \\/ x/.test(typed))return close();\n'),
    ('say("a \\" = b", c);\n', 'say("a \\" = b",c);\n'),
    ("try { a(); } catch { /* stays */ }\n", "try{a();}catch{}\n"),
])
def test_a_script_keeps_its_lines_and_names(text: str, lean: str) -> None:
    """Only comments, empty lines and indentation go."""
    assert lean_script(text) == lean


@pytest.mark.parametrize(("name", "lean"), [("onrecord.css", lean_style), ("onrecord.js", lean_script)])
def test_our_files_lose_nothing_but_comments_and_blanks(name: str, lean: Callable[[str], str]) -> None:
    """Sign for sign the same but for the names of custom properties; and doing it twice changes nothing more."""
    text = (STATIC / name).read_text("utf-8")
    assert signs(lean(text)) == signs(text)
    assert lean(lean(text)) == lean(text)
    assert len(lean(text)) < 0.9 * len(text)


def signs(text: str) -> str:
    """Without comments, blanks, and the semicolon before a brace."""
    text = re.sub(r"\s{2,}// .*", "", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
    text = re.sub(r"(?<![\w-])--[a-z][a-z0-9-]*", "--x", text)
    return re.sub(r";(?=})", "", re.sub(r"\s+", "", text))


def test_as_many_custom_properties_are_defined_and_used() -> None:
    """Each keeps a name of its own, however many there are."""
    names = [f"--{chr(97 + number // 26)}{chr(97 + number % 26)}-long" for number in range(60)]
    text = lean_style("".join(f"a{{{name}: 1; top: var({name})}}" for name in names))
    found = re.findall(r"\{(--[a-z]+):1;top:var\((--[a-z]+)\)\}", text)
    assert len(found) == len({name for name, _ in found}) == 60
    assert all(defined == used for defined, used in found)


@pytest.mark.parametrize("name", ["onrecord.css", "onrecord.js"])
def test_our_files_keep_what_this_relies_on(name: str) -> None:
    """No string holds two blanks or the beginning of a comment."""
    text = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text("utf-8"), flags=re.DOTALL)
    for string in re.findall(r'"[^"\n]*"|`[^`\n]*`', text):
        assert "  " not in string and "/*" not in string, string
