"""onrecord.toml: how one archive is built and served. Every key has a default; the environment overrides the file.

    data = "data"                       # paths are taken from the folder of the file
    name = "The Calder Dispatch"
    base_address = "https://archive.example"

    [limits]
    seconds = 2.0                       # in the environment: ONRECORD_LIMITS_SECONDS=2.0

The fields below are the one table of keys: from it come the documentation, the checks and the overrides.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar, get_args, get_origin, get_type_hints

from indexer.errors import ConfigError
from indexer.query import LONGEST_QUERY, MOST_CLAUSES
from indexer.toml_file import read_toml

FILE = "onrecord.toml"
ENVIRONMENT = "ONRECORD_"
_ENVIRONMENT_FILE = Path("environment")          # what an error in a variable names instead of a file

T = TypeVar("T")


def _key(
    default: T, help: str, least: float | None = None, most: float | None = None, secret: bool = False
) -> T:
    """A key with its default. least, most: the bounds of a number, both included. secret: never shown."""
    found: T = field(default=default, repr=not secret,
                     metadata={"help": help, "least": least, "most": most, "secret": secret})
    return found


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request, and one client, may ask of the server."""

    query: int = _key(LONGEST_QUERY, "characters of a query; longer ones are refused", 20, 20_000)
    clauses: int = _key(MOST_CLAUSES, "words and conditions of a query; more are refused", 1, 1_000)
    address: int = _key(8_000, "characters of a whole address; longer ones are refused", 500, 60_000)
    expansions: int = _key(3_000, "words that one word* may stand for; more are refused", 10, 100_000)
    seconds: float = _key(2.0, "time for a query; a slower one is stopped, and the page says so", 0.1, 60)
    pages: int = _key(500, "the last page of an answer that can be opened", 1, 100_000)
    export: int = _key(100_000, "documents of one export", 1, 10_000_000)
    searches: int = _key(120, "searches a minute for each client and process; 0: any number", 0, 1_000_000)
    exports: int = _key(10, "exports a minute for each client and process; 0: any number", 0, 1_000_000)


@dataclass(frozen=True, slots=True)
class Log:
    """What is written to standard error about each request. Never the address of a client."""

    form: Literal["text", "json"] = _key("text", "text for people, json for programs: one object a line")
    requests: bool = _key(True, "a line for each request: path, status, time, without the query")
    queries: bool = _key(False, "write what people search for, too")


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the engine opensearch keeps its indices, and how they are divided."""

    url: str = _key("http://127.0.0.1:9200", "where the cluster answers; several nodes, separated by commas")
    user: str = _key("", "the user that asks; empty: no user")
    password: str = _key("", "the user's password", secret=True)
    api_key: str = _key("", "a key, in place of user and password", secret=True)
    ca: str = _key("", "a file with the authority that signed the cluster's certificate; empty: the system's")
    prefix: str = _key("onrecord", "what the names of all its indices begin with")
    shards: int = _key(2, "parts of an index, each on one machine; 20 to 40 GB each serve well", 1, 1_024)
    replicas: int = _key(1, "further copies of each part, so that a machine may fail", 0, 10)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the owner of the archive knows about its files."""

    dates: Literal["decide", "day first", "month first"] = _key(
        "decide", "how 3/4/2013 is read; decide: as the dates of the archive that leave no doubt")
    largest: int = _key(4_000, "megabytes of a file that holds many articles; a larger one is not read", 1, 1_000_000)
    links: Literal["inside", "anywhere"] = _key(
        "inside", "whether links may lead out of the archive; inside: such a link is not read, and named")
    loss: float = _key(10, "percent of the articles that a build may lose without --allow-loss", 0, 100)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table, or the keys of JSON, are called; empty: by the usual names."""

    id: str = _key("", "the column that tells an article from the others and stays the same; empty: by the usual names")
    title: str = _key("", "the column of the headline; empty: by the usual names")
    author: str = _key("", "the column of the byline; empty: by the usual names")
    date: str = _key("", "the column of the day; empty: by the usual names")
    text: str = _key("", "the column of the story, as text or HTML; empty: by the usual names")
    url: str = _key("", "the column of the original address; empty: by the usual names")


@dataclass(frozen=True, slots=True)
class SentenceEncoder:
    """Which encoder says what articles mean, if the extra meaning is installed."""

    use: bool = _key(True, "find by meaning, too, if there is an encoder: `onrecord model` gets the usual one")
    model: str = _key("", "the folder of another encoder; empty: the one that was fetched")
    sha256: str = _key("", "of that encoder's model.safetensors: weights that are not known must be named")


@dataclass(frozen=True, slots=True)
class Configuration:
    """How one archive is built and served."""

    data: Path = _key(Path("data"), "the folder of the articles")
    index: Path = _key(Path("index"), "the folder of the index")
    engine: str = _key("whoosh", "the search engine that keeps the index")
    name: str = _key("A news archive", "how the archive is called on its pages")
    base_address: str = _key("", "where the world finds it, as https://archive.example; empty: as each request says")
    report_url: str = _key("", "where readers report wrong attributions: mailto:… or a form that takes title and body")
    host: str = _key("127.0.0.1", "the address to listen at; 0.0.0.0 is every one")
    port: int = _key(8000, "the port to listen at; 0 takes a free one", 0, 65_535)
    threads: int = _key(8, "requests that one process serves at once", 1, 256)
    processes: int = _key(1, "processes that share the port; one for each core serves most", 1, 64)
    proxies: int = _key(0, "reverse proxies in front, whose X-Forwarded-… headers are believed", 0, 10)
    limits: Limits = field(default=Limits())
    log: Log = field(default=Log())
    opensearch: Cluster = field(default=Cluster())
    reading: Reading = field(default=Reading())
    columns: Columns = field(default=Columns())
    meaning: SentenceEncoder = field(default=SentenceEncoder())


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the file: name with its section ("limits.query"), default, help, kind of value, bounds."""

    name: str
    default: Any
    help: str
    type: Any
    least: float | None = None
    most: float | None = None
    secret: bool = False

    @property
    def variable(self) -> str:
        """The environment's variable that overrides it."""
        return ENVIRONMENT + self.name.upper().replace(".", "_")

    @property
    def kind(self) -> str:
        """What its value must be, in words."""
        if choices := self.choices:
            return " or ".join(f'"{each}"' for each in choices)
        if self.least is not None:
            return f"{'a whole number' if self.type is int else 'a number'} from {self.least:,} to {self.most:,}"
        return {bool: "true or false", Path: "a path"}.get(self.type, "a text")

    @property
    def choices(self) -> tuple[str, ...]:
        return get_args(self.type) if get_origin(self.type) is Literal else ()


def _keys(of: type, section: str = "") -> Iterator[Key]:
    types = get_type_hints(of)
    each: Field[Any]
    for each in fields(of):
        if is_dataclass(types[each.name]):
            yield from _keys(types[each.name], f"{each.name}.")
        else:
            yield Key(section + each.name, each.default, type=types[each.name], **each.metadata)


KEYS: tuple[Key, ...] = tuple(_keys(Configuration))
_NAMED = {key.name: key for key in KEYS}
_SECTIONS = tuple(dict.fromkeys(key.name.partition(".")[0] for key in KEYS if "." in key.name))


def load_configuration(path: str | Path | None = None, environment: Mapping[str, str] | None = None) -> Configuration:
    """The configuration. path: a file that must be there; None takes the one that ONRECORD_CONFIG names, else
    onrecord.toml in this folder if there is one. Raises ConfigError."""
    environment = os.environ if environment is None else environment
    named = path or environment.get(f"{ENVIRONMENT}CONFIG")
    values: dict[str, Any] = {}
    if named or Path(FILE).is_file():
        file = Path(named or FILE)
        values = {key.name: file.parent / key.default for key in KEYS if key.type is Path}
        values.update(_File(file).values())
    for key in KEYS:
        if key.variable in environment:
            values[key.name] = _from_text(key, environment[key.variable])
    return _made(values)


_current: Configuration | None = None


def set_configuration(configuration: Configuration) -> None:
    """Make this the configuration of the process: for whatever is opened or built without one of its own."""
    global _current
    _current = configuration


def current_configuration() -> Configuration:
    """The configuration that was set last; if none was, the one that load_configuration finds."""
    return _current or load_configuration()


def _made(values: Mapping[str, Any]) -> Configuration:
    found = Configuration(**{name: value for name, value in values.items() if "." not in name})
    for section in _SECTIONS:
        own = {name.partition(".")[2]: value for name, value in values.items() if name.startswith(f"{section}.")}
        found = replace(found, **{section: replace(getattr(found, section), **own)})
    return found


def checked(key: Key, value: object) -> Any:
    """The value as the key takes it; ValueError says what it must be."""
    if key.choices:
        fits = value in key.choices
    elif key.type is bool:
        fits = isinstance(value, bool)
    elif key.type in (int, float):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        fits = number and (key.type is float or isinstance(value, int)) and _between(key, value)
    else:
        fits = isinstance(value, str) and "\0" not in value and (key.type is str or bool(value))
    if not fits:
        raise ValueError(f"{key.name} must be {key.kind}" + ("" if key.secret else f", not {_shown(value)}"))
    if key.name == "base_address" and value and not _ADDRESS.fullmatch(str(value)):
        raise ValueError(f"base_address must be like https://archive.example, not {_shown(value)}")
    return value if key.choices else key.type(value)


_ADDRESS = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?(?:/[A-Za-z0-9._~/-]*)?")


def _between(key: Key, value: Any) -> bool:
    return (key.least is None or value >= key.least) and (key.most is None or value <= key.most)


def _shown(value: object) -> str:
    return f"{value!r}"[:60]


_FLAGS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def _from_text(key: Key, text: str) -> Any:
    """The value of a variable of the environment."""
    value: object = text
    if key.type is bool:
        value = _FLAGS.get(text.lower(), text)
    elif key.type in (int, float):
        try:
            value = key.type(text)
        except ValueError:
            value = text
    try:
        return checked(key, value)
    except ValueError as error:
        raise ConfigError(_ENVIRONMENT_FILE, f"{key.variable}: {error}") from None


class _File:
    """An onrecord.toml while it is checked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.source, self.content = read_toml(path)

    def values(self) -> Iterator[tuple[str, Any]]:
        """Every key with its value, checked."""
        for name, value in self.content.items():
            if name not in _SECTIONS:
                yield name, self._value(name, value, "")
            elif not isinstance(value, dict):
                self._fail(f"{name} is a section: write [{name}]", name, "")
            else:
                for inner, one in value.items():
                    yield f"{name}.{inner}", self._value(inner, one, name)

    def _value(self, name: str, value: object, section: str) -> Any:
        key = _NAMED.get(f"{section}.{name}" if section else name)
        if key is None:
            known = [each.name.rpartition(".")[2] for each in KEYS if each.name.rpartition(".")[0] == section]
            self._fail(f"no such key '{name}'; there are {', '.join(known)}", name, section)
        try:
            found = checked(key, value)
        except ValueError as error:
            self._fail(str(error), name, section)
        return self.path.parent / found if isinstance(found, Path) else found

    def _fail(self, reason: str, name: str, section: str) -> NoReturn:
        raise ConfigError(self.path, reason, self._line_of(name, section))

    def _line_of(self, name: str, section: str) -> int:
        """The line on which a key is set; that of its section if the key is written in an unusual way."""
        lines = self.source.splitlines()
        head = re.compile(rf"\s*\[\s*{re.escape(section)}\s*\]")
        start = next((number for number, line in enumerate(lines) if section and head.match(line)), 0)
        dotted = rf"""(?:{re.escape(section)}["']?\s*\.\s*["']?)?"""
        key = re.compile(rf"""\s*\[*\s*["']?{dotted}{re.escape(name)}["']?\s*[=.\]]""")
        return next((number + 1 for number in range(start, len(lines)) if key.match(lines[number])), start + 1)
