"""The words that the rules know: tables, and what is looked up in them. No other room is entered from here."""

from typing import TYPE_CHECKING

from indexer.lazy_door import lazy_door

if TYPE_CHECKING:
    from indexer.language import lexicon
    from indexer.language.folding import WORD, fold, form_of, forms, words
    from indexer.language.names import (
        UNKNOWN, Gender, Usage, given_gender, is_known_person, is_well_known, key_of, name_endings, same_given_name,
        short_forms, usage, usages, well_known,
    )
    from indexer.language.nicknames import OTHER_FORMS
    from indexer.language.person_words import (
        ABBREVIATIONS, ALWAYS_SPLIT, CALENDAR, CALLINGS, COMPOUND_ENDINGS, FEMALE_TITLES, FUNCTION_WORDS, HONORIFICS,
        LINKING_NOUNS, LOWER_PARTICLES, MALE_TITLES, MONTH_NAMES, NATIONALITIES, NEVER_GIVEN, ORGANISATIONS,
        PERSON_NOUNS, PERSON_VERBS, PLACE_PREPOSITIONS, PLACES, POST_NOMINALS, PRESIDENTS, ROLE_MODIFIERS, ROLES,
        SUFFIXES, THING_ENDINGS, THING_OR_SURNAME, TITLES_AND_NAMES, TITLES_IN_CAPITALS,
    )

__all__ = [
    "ABBREVIATIONS", "ALWAYS_SPLIT", "CALENDAR", "CALLINGS", "COMPOUND_ENDINGS", "FEMALE_TITLES", "FUNCTION_WORDS",
    "HONORIFICS", "LINKING_NOUNS", "LOWER_PARTICLES", "MALE_TITLES", "MONTH_NAMES", "NATIONALITIES", "NEVER_GIVEN",
    "ORGANISATIONS", "OTHER_FORMS", "PERSON_NOUNS", "PERSON_VERBS", "PLACES", "PLACE_PREPOSITIONS", "POST_NOMINALS",
    "PRESIDENTS", "ROLES", "ROLE_MODIFIERS", "SUFFIXES", "THING_ENDINGS", "THING_OR_SURNAME", "TITLES_AND_NAMES",
    "TITLES_IN_CAPITALS", "UNKNOWN", "WORD", "Gender", "Usage", "fold", "form_of", "forms", "given_gender",
    "is_known_person", "is_well_known", "key_of", "lexicon", "name_endings", "same_given_name", "short_forms", "usage",
    "usages", "well_known", "words",
]

__getattr__ = lazy_door(__name__)
