"""The language of a text, by the small words that each cannot do without."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

FEWEST = 10                   # words; fewer do not show a language
FEWEST_SMALL = 3              # small words of another language
LOOKED_AT = 5_000             # characters
SHARE = 0.12                  # of the words: less is a list of names in any language
PLAIN = 0.2                   # of the words: with so many English ones a text is English
WIDE = 1.4                    # bytes of UTF-8 a letter: less is mostly Latin
LEAD = 1.5                    # times as many as English words: English prose quotes other languages, too

# What English shares with another language counts for neither.
SMALL_WORDS = {language: frozenset(words.split()) for language, words in {
    "en": """
        the of and to that was for it with as his on be at by had are but from have not this they which you were her
        all she there would their we him been has when who will more no out so said what up its about into than them
        can only other some could these after first then now such made over did our even most where
    """,
    "de": """
        der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat
        dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis
        mehr durch man sein wurde sei
    """,
    "fr": """
        le la les de des et en un une du que qui dans pour pas sur plus au par avec ce il est sont ne se ses cette
        mais ou nous vous ils elle aux leur été comme ont fait deux après même aussi bien sans entre être
    """,
    "es": """
        el la los las de y que en un una por con para del se no su al lo como más pero sus le ya este sí porque esta
        entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante fue había
    """,
    "pt": """
        o os as de e que em um uma para com não do da dos das por mais ao como mas foi ele se na no sua ou quando
        muito nos já está também pelo pela até isso entre depois sem mesmo aos seus
    """,
    "it": """
        il lo la gli le di e che in un una per con non del della dei delle nel nella è sono si al alla da come più ma
        anche ha questo dal sul suo sua loro essere stato degli alle tra fra ci
    """,
    "nl": """
        de het een en van ik te dat die in is niet zijn op aan met als voor er maar om hem dan zou wat mijn men dit zo
        door over ze bij ook tot je mij uit naar heb hoe heeft hebben deze want nog worden werd
    """,
    "sv": """
        och att det som en på är av för med den till inte om ett han men var jag sig från vi så kan när har de hade ut
        då mot över än efter vid också där
    """,
    "da": """
        og at det som en på er af for med den til ikke om et han men var jeg sig fra vi så kan når har de havde ud da
        mod over efter ved også der hun
    """,
    "no": """
        og at det som en på er av for med den til ikke om et han men var jeg seg fra vi så kan når har de hadde ut da
        mot over etter ved også der hun
    """,
    "fi": """
        ja on ei se että oli hän joka mutta ovat kun myös niin olla mukaan sen hänen ole kuin jo vain tai ne nyt sekä
        jos mitä tämä
    """,
    "pl": """
        i w na z się nie do to że jest o jak za od po przez ale dla ma co tak już był jego przy być oraz które który
        tym także tylko
    """,
    "cs": """
        a v se na je že s z do o k jako za by ale pro po podle jsem od jsou bylo však také které který jeho tak aby
        může
    """,
    "tr": """
        ve bir bu da de için ile çok olarak daha gibi olan kadar en sonra o ne ama her ise var mı değil oldu olduğunu
    """,
    "id": """
        yang dan di dari untuk dengan ini itu pada tidak dalam akan adalah juga oleh sebagai telah ada mereka kepada
    """,
}.items()}
# A text whose letters are of another script is in one of the languages of that, mostly this.
SCRIPTS = {
    "CYRILLIC": "ru", "GREEK": "el", "HEBREW": "he", "ARABIC": "ar", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja",
    "HANGUL": "ko", "THAI": "th", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "ARMENIAN": "hy",
    "GEORGIAN": "ka",
}
UNKNOWN = "und"               # ISO 639: undetermined

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH_TOO = frozenset("""
    a am an come den die do door due fan had hat he i if is long man mas me men mine no on once or over per plus pro
    ten tot sale sin so son sur us van want war ser
""".split())
_OTHERS = frozenset().union(*(words for language, words in SMALL_WORDS.items() if language != "en"))
_COUNTED = {language: words - (_OTHERS if language == "en" else SMALL_WORDS["en"] | _ENGLISH_TOO)
            for language, words in SMALL_WORDS.items()}


def language_of(text: str) -> str:
    """ISO 639-1 of the language that a text is in; "en" where it is too short to say."""
    text = text[:LOOKED_AT]
    if len(text.encode("utf-8", "replace")) > WIDE * len(text) and (script := _script(text)):
        return script
    words = _WORD.findall(text.lower())
    english = sum(map(_COUNTED["en"].__contains__, words))
    if len(words) < FEWEST or english > PLAIN * len(words):
        return "en"
    counts = Counter(words)
    found = {language: sum(counts[word] for word in small) for language, small in _COUNTED.items() if language != "en"}
    best = max(found, key=lambda language: found[language])
    enough = max(FEWEST_SMALL - 1, SHARE * len(words), LEAD * english)
    return best if found[best] > enough else "en"


def _script(text: str) -> str | None:
    """The language of most letters' script; None where that is Latin."""
    letters = Counter(character for character in text if character.isalpha())
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        scripts["LATIN" if letter.isascii() else unicodedata.name(letter, "?").split()[0]] += count
    total = sum(scripts.values())
    if total < FEWEST or scripts["LATIN"] * 2 >= total:
        return None
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > total / 10:
        return "ja"
    return SCRIPTS.get(scripts.most_common(1)[0][0], UNKNOWN)
