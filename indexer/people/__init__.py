"""An article becomes the persons that it names: where each is mentioned, the fullest name, a role."""

from indexer.people.finder import find_people, gender

__all__ = ["find_people", "gender"]
