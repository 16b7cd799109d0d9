"""The persons of all articles become the people of the archive, each with one name and one address."""

from typing import TYPE_CHECKING

from indexer.lazy_door import lazy_door

if TYPE_CHECKING:
    from indexer.identity.doubts import Doubt
    from indexer.identity.name_forms import is_full_name
    from indexer.identity.named import ArticleNames
    from indexer.identity.overrides import Overrides, read_overrides
    from indexer.identity.resolution import People, resolve
    from indexer.identity.roles import held_offices, may_be_shown, shown_roles

__all__ = [
    "ArticleNames", "Doubt", "Overrides", "People", "held_offices", "is_full_name", "may_be_shown", "read_overrides",
    "resolve", "shown_roles",
]

__getattr__ = lazy_door(__name__)
