"""Verbs that report a clause, by their stems. Thoughts, wishes and what things look like are no speech."""

from __future__ import annotations

from functools import cache

from indexer.language import lexicon

_IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "writ", "written": "writ", "swore": "swear", "sworn": "swear",
    "says": "say", "denied": "deny", "denies": "deny", "replied": "reply", "replies": "reply",
    "testified": "testify", "testifies": "testify", "clarified": "clarify", "clarifies": "clarify",
    "specified": "specify", "specifies": "specify", "implied": "imply", "implies": "imply",
    "admitted": "admit", "admitting": "admit", "pled": "plead", "pleading": "plead", "according": "according",
    "begged": "beg", "begging": "beg", "quipped": "quip", "quipping": "quip", "read": "read", "spoke": "speak",
    "spoken": "speak", "verified": "verify", "verifies": "verify", "cried": "cry", "cries": "cry",
    "permitted": "permit", "submitted": "submit", "sung": "sing", "found": "find", "felt": "feel",
    "declined": "declin", "refused": "refus",
}
# Verbs in the lexicon that report words but no clause, or do something else than speak.
_NO_CLAUSE = frozenset("""
    speak sing rap laugh smile chuckle shrug sigh cheer chant speculate read email text post blog phrase
    rave gush coo croon snort sob purr roar shriek snarl growl groan moan howl hiss whisper mutter mumble murmur stutter
    stammer utter scribble kid tease riff spout narrate recite lecture preach editorialize caption pronounce offer
    volunteer crack thunder tout trumpet cheer boom wail nag jest whine yelp squeal bellow holler bark intone interject
    chime find learn teach rule determine reckon muse wonder reason theorize theorise hypothesize hypothesise surmise
    deduce concur comment elaborate  echo cite mention quote object demur ruminate
    relate submit plead rail fume sniff rant vent snap exult sneer jest counsel order command instruct allow decree
""".split())
# Verbs of the lexicon's weaker table that report a clause: proposed that, threatened to, pointed out that.
_MORE = frozenset("""
    propose threaten point recommend indicate request express decline refuse
""".split())
# Words with which what follows a name between commas begins: said Adeyemi, [the] mayor.
OPENS_APPOSITION = lexicon.DETERMINERS | lexicon.POSSESSIVE_PRONOUNS | frozenset("the who whose which author".split())


BE = lexicon.BE | {"got", "gets", "get"}


@cache
def stem_of(form: str) -> str:
    """What the forms of a regular verb share, and a few irregular ones: argu for argued, argues, arguing."""
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    for ending in ("ing", "ed", "es", "s", "e"):
        if form.endswith(ending) and len(form) - len(ending) > 2:
            form = form[:-len(ending)]
            break
    if len(form) > 4 and form[-1] == form[-2] and form[-1] not in "sl":
        form = form[:-1]
    return form


REPORTING = frozenset(
    {stem_of(form) for form in lexicon.SPEECH_VERBS} - {stem_of(form) for form in _NO_CLAUSE}
    | {stem_of(form) for form in _MORE})
