"""An article becomes the persons that it names: where each is mentioned, the fullest name, a role."""

from indexer.people.finder import find_people, gender
from indexer.people.name_model import NameModel, load_model
from indexer.people.offices import speaking_offices

__all__ = ["NameModel", "find_people", "gender", "load_model", "speaking_offices"]
