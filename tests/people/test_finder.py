"""Who is named in an article: sentences by class, each with everybody it names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

import pytest
from hypothesis import given, strategies as st

from indexer.language.names import given_gender, same_given_name, usage, well_known
from indexer.models import Person
from indexer.people.finder import find_people, gender
from tests.work import is_linear


def names(text: str, title: str = "") -> list[str]:
    return [person.name for person in find_people(title, text)]


def one(text: str, title: str = "") -> Person:
    (person,) = find_people(title, text)
    return person


FULL_NAMES = [
    ("Ferry captain Hank Sorensen said the tide was wrong. Sorensen then left.", ["Hank Sorensen"]),
    ("The levy passed, said Councilman Luis de la Vega, who wrote it.", ["Luis de la Vega"]),
    ("Council Speaker Arthur Van Doren objected.", ["Arthur Van Doren"]),
    ("“Nobody,” she said of Council Speaker Arthur Van Doren. Van Doren, 66, called it lovely.", ["Arthur Van Doren"]),
    ("James R. O'Rourke, the commissioner, was late.", ["James R. O'Rourke"]),
    ("James R. O’Rourke, the commissioner, was late.", ["James R. O’Rourke"]),
    ("It was Mei-Ling Zhao's bill.", ["Mei-Ling Zhao"]),
    ("Desmond Achebe-Stone planted the beds.", ["Desmond Achebe-Stone"]),
    ("Saltmarsh Town Supervisor Edward Doyle objected.", ["Edward Doyle"]),
    ("It failed, said Harbor League Director Paul Marie White on Monday.", ["Paul Marie White"]),
    ("Harbor League President Sarah Kate Ellis objected.", ["Sarah Kate Ellis"]),
    ("Congratulations Hank Sorensen! Meet Mary Doyle.", ["Hank Sorensen", "Mary Doyle"]),
    ("Professor Emeritus Mary Doyle objected. Hank Sorensen, Professor Emeritus at Calder, did not.",
     ["Mary Doyle", "Hank Sorensen"]),
    ("Harbor College Dean Mary Fisk objected.", ["Mary Fisk"]),
    ("Saltmarsh Fire Chief Al Everett objected.", ["Al Everett"]),
    ("Calder University Relations VP Melissa Brice objected.", ["Melissa Brice"]),
    ("Emergency Medical Technician Brendan Doyle objected.", ["Brendan Doyle"]),
    ("Actor James Dean Bradford objected.", ["James Dean Bradford"]),
    ("Sarah Farmer Doyle objected.", ["Sarah Farmer Doyle"]),
    ("Hank Sorensen spoke, then Mary Doyle. Hank Sorensen Mary Doyle & others were held.",
     ["Hank Sorensen", "Mary Doyle"]),
    ("The heist was planned. Apparently Doyle's lawyer, Ann Wexler, said that he was ill.", ["Ann Wexler"]),
    ("Ann Wexler and Jo Doyle met. Following Doyle was hard, said Wexler.", ["Ann Wexler", "Jo Doyle"]),
    ("Neither Jackson, 34, nor Ann Wexler was there.", ["Ann Wexler"]),
    ("Emily Jackson, 34, was there.", ["Emily Jackson"]),
    ("Luis Garcia Perez said so. Luis Garcia Perez left.", ["Luis Garcia Perez"]),
    ("Maria Elena Ortiz Vega, a nurse, spoke. Maria Elena Ortiz Vega left.", ["Maria Elena Ortiz Vega"]),
    ("The novelist J. P. Castellane told the Dispatch as much.", ["J. P. Castellane"]),
    ("Chef Renée Archambault cooked.", ["Renée Archambault"]),
    ("Restaurateur Vincent Tagliaferro Jr. owns it.", ["Vincent Tagliaferro Jr."]),
    ("Restaurateur Vincent Tagliaferro, Jr., owns it.", ["Vincent Tagliaferro, Jr."]),
    ('Michael "Mick" Garrity, who leads the teachers, agreed.', ['Michael "Mick" Garrity']),
    ("A suspect, Farid Haddad, 34, was held.", ["Farid Haddad"]),
    ("Dr. Farid Haddad of Calder University measured it.", ["Farid Haddad"]),
    ("According to Priya Raman, the lease is void.", ["Priya Raman"]),
    ('"No," said Yolanda Brice.', ["Yolanda Brice"]),
    ("Neighbor Constance Bligh called the police.", ["Constance Bligh"]),
    ("Octogenarian Leonard Fisk described the attack.", ["Leonard Fisk"]),
    ("Victim Wendell Park told the Post that he ran.", ["Wendell Park"]),
    ("County Court Judge Stephen L. Greller scolded them.", ["Stephen L. Greller"]),
    ("Police Department Chief of Patrol Terence Boyle said so.", ["Terence Boyle"]),
    ("The award is late, said Keizo Yamashita.", ["Keizo Yamashita"]),
    ("He met Dr. [Lawrence] Bligh there, Bligh recalled.", ["Lawrence Bligh"]),
    ('"No," President Yoon Seo-jin said on television.', ["Yoon Seo-jin"]),
    ("Two allies of Yoon Seo-jin's walked out. Yoon Seo-jin hesitated.", ["Yoon Seo-jin"]),
    ("Jim Stone fell. His sister, Jamie Stone, wept. Stone died.", ["Jim Stone", "Jamie Stone"]),
    ("An Ann Wexler-brand lamp stood there, Ann Wexler's first.", ["Ann Wexler"]),
    ("The minister of ferries, Pyo Gang-hye, was late.", ["Pyo Gang-hye"]),
    ("The chef, Pierre-yves Archambault, cooked.", ["Pierre-yves Archambault"]),
    ('"No," said Lothar von und zu Gravelstein, the owner.', ["Lothar von und zu Gravelstein"]),
    ('"No," said the novelist Kioni wa Mutheki.', ["Kioni wa Mutheki"]),
    ("Leonard Fisk was late. Fisk Tweeted that it rained.", ["Leonard Fisk"]),
    ("It was a Leonard Fisk-less evening.", ["Leonard Fisk"]),
    ('"No," said Cllr Maeve Brice.', ["Maeve Brice"]),
    ("Desmond Achebe MP said that it was late.", ["Desmond Achebe"]),
    ('"No," said Constance Bligh QC, defending.', ["Constance Bligh"]),
    ('"No," said Imani St.Clair of Saltmarsh.', ["Imani St.Clair"]),
    ("Suspect Wendell Fall was held. Fall told the police that he ran.", ["Wendell Fall"]),
    ("Ada Fisk owns the ferry, and Fisk will not sell it.", ["Ada Fisk"]),
    ("ADA Constance Bligh told the court that it was late.", ["Constance Bligh"]),
    ("The singer Lou-May, who played the pier on Friday, lost a shoe. Lou-May said that it was late.", ["Lou-May"]),
    ("The rapper Zolbrak put out a record. Zolbrak said that it was late.", ["Zolbrak"]),
    ("It was a Wexler-owned house, a Wexler-era rule. Leonard Wexler left.", ["Leonard Wexler"]),
    ("The series is back: a film star, Ines Duarte (Yolanda Brice), finds a map.", ["Yolanda Brice"]),
    ("In the film Yolanda Brice as Ines Duarte finds a map.", ["Yolanda Brice"]),
]

SHORTER_LATER = [
    ("Leonard Grabowsky spoke. In the end Grabwosky left.", "Leonard Grabowsky", 2),
    ("Leonard Grabowsky spoke. In the end Grabowsy left.", "Leonard Grabowsky", 2),
    ("Ruth Adeyemi spoke. Adeyemi's office confirmed it, and Mayor Adeyemi signed.", "Ruth Adeyemi", 3),
    ("Luis de la Vega spoke. De la Vega left, and de la Vega's aide stayed.", "Luis de la Vega", 3),
    ("Arthur Van Doren spoke. Van Doren left.", "Arthur Van Doren", 2),
    ("Michael Garrity spoke. Mike Garrity left, and Garrity's union cheered.", "Michael Garrity", 3),
    ("Mike Garrity spoke. Later Michael Garrity left.", "Michael Garrity", 2),
    ("J. Castellane wrote it. James Castellane signed it.", "James Castellane", 2),
    ("Russel Brandt came. Russell Brandt spoke, Russell Brandt left.", "Russell Brandt", 3),
    ("Imani Brooks spoke. Imani was tired.", "Imani Brooks", 2),
    ("Odessa Mae Whitcomb spoke; Odessa Mae sang.", "Odessa Mae Whitcomb", 2),
]

SEVERAL = [
    ("Mayor Walter Prentiss and his brother Gordon Prentiss own it.", ["Walter Prentiss", "Gordon Prentiss"]),
    ("Vincent Tagliaferro Jr. and his father, Vincent Tagliaferro Sr., disagree.",
     ["Vincent Tagliaferro Jr.", "Vincent Tagliaferro Sr."]),
    ("The landlords, Imani and Theo Brooks, are siblings.", ["Imani Brooks", "Theo Brooks"]),
    ("Dancers Hana Okada, Luca Ferri, Ngozi Eze and Tom Blake will appear.",
     ["Hana Okada", "Luca Ferri", "Ngozi Eze", "Tom Blake"]),
    ("Present: Saul Wexler; Grace Osei; Denise Fontaine.", ["Saul Wexler", "Grace Osei", "Denise Fontaine"]),
    ("Wexler's lawyer Priya Raman spoke for Saul Wexler.", ["Saul Wexler", "Priya Raman"]),
]

SINGLE_NAMES = [
    ("They met Mayor Prentiss on Alder Street.", ["Prentiss"]),
    ("Elizabeth Mayor Gordon Prentiss met Rosa Mayor Zaragoza.", ["Gordon Prentiss", "Rosa Mayor Zaragoza"]),
    ("The bill of Governor Hale failed.", ["Hale"]),
    ("Mayor de Blasio is hosting a dinner.", ["de Blasio"]),
    ("Then Mr. Wexler raised the rent.", ["Wexler"]),
    ("Fans waited for Madonna all night.", ["Madonna"]),
    ("Beyoncé's new video is out.", ["Beyoncé"]),
    ("His father, Wendell, told the paper that he was asleep.", ["Wendell"]),
    ("It was hard for her mother, Sofia, who waited.", ["Sofia"]),
    ("Obama and Romney met again.", ["Obama", "Romney"]),
    ("The footballer Darzinho scored. Darzinho said nothing.", ["Darzinho"]),
]

CALLINGS = [
    ('"It is gone," said Maria Chen Zarthwe.', ["Maria Chen Zarthwe"]),
    ("Headteacher Lena Fitch said the bell was lost.", ["Lena Fitch"]),
    ("Stonemason Theo Brooks said the arch would stand.", ["Theo Brooks"]),
    ("Blacksmith Lena Fitch said the gate would hold.", ["Lena Fitch"]),
    ("Labour MP Lena Fitch met Scottish National Party MSP Theo Brooks.", ["Lena Fitch", "Theo Brooks"]),
    ("Wesley Butcher said the gate would hold.", ["Wesley Butcher"]),
]

CREDITS = [
    ("(Lena Fitch / Calder Dispatch)\nRain fell.", ["Lena Fitch"]),
    ("(Lena Fitch/Flickr)\nRain fell.", ["Lena Fitch"]),
    ("Photo by Lena Fitch\nRain fell.", ["Lena Fitch"]),
    ("Photograph by Lena Fitch on Flickr\nRain fell.", ["Lena Fitch"]),
    ("Lena Fitch's Flickr\nRain fell.", ["Lena Fitch"]),
    ("hank sorensen's flickr\nRain fell.", ["hank sorensen"]),
    ("Shutterstock/karen olsen\nRain fell.", ["karen olsen"]),
    ("Photo via brian ross's Flickr\nRain fell.", ["brian ross"]),
    ("Rain! pic.example/x\n— Theo Marchetti (@theomarch) March 8, 2012", ["Theo Marchetti"]),
    ("(AP Photo/Leonard Fisk)\nRain fell.", ["Leonard Fisk"]),
    ("photo via calderlover77\nRain fell.", []),
    ("several seconds' flickr\nRain fell.", []),
    ("(Getty Images)\nRain fell.", []),
    ("(via Yelp)\nRain fell.", []),
]

NOBODY = [
    "The Meridian Bridge closed on Monday, and so did Corwin Square.",
    "They walked down Alder Street to Quarry Park in the Tannery District.",
    "Harrow Hill Savings Bank and Meridian Holdings Inc. merged.",
    "The Calder Police Department and the Harbor Authority declined.",
    "The New York Times and the Daily News reported it.",
    "The United States Senate passed the Affordable Care Act.",
    "San Francisco, Los Angeles and New Orleans are warmer.",
    "He flew from John F. Kennedy Airport to Charles de Gaulle Airport.",
    "A professor at Johns Hopkins University measured it.",
    "She lives on Frederick Douglass Boulevard near Martin Luther King Jr. Avenue.",
    "Happy Thanksgiving! See you on Black Friday.",
    "The Republican Party and the Democrats argued about the Supreme Court.",
    "Police arrested the man in front of Duane Reade.",
    "On Tuesday, Con Edison turned the lights off.",
    "UPDATE: The Fire Department says that it is out.",
    "Menu: Fried Chicken, Mac And Cheese, Key Lime Pie.",
    "She ate at Shake Shack, then at Burger King.",
    "It is called Megan's Law.",
    "The Lincoln Tunnel and the Holland Tunnel flooded.",
    "They cheered for the Yankees and the Red Sox in Fenway Park.",
    "Al Qaeda claimed it, says Al Jazeera.",
]

POLITICS = [
    ("Sen. Marguerite Stone, D-Calder, said Thursday she would oppose the nominee. Stone told reporters that President "
     "Edmund Hale “has not made his case.”", ["Marguerite Stone", "Edmund Hale"]),
    ("“We’re not going back,” House Minority Leader Roland Pickett said on CNN’s “State of the Union.” Pickett was "
     "joined by Reps. Carla Mendes and Joe Whitfield.", ["Roland Pickett", "Carla Mendes", "Joe Whitfield"]),
    ("White House press secretary Dana Lowell declined to say whether Secretary of State Victor Amari would testify.",
     ["Dana Lowell", "Victor Amari"]),
    ("A spokeswoman for Hale’s campaign, Beth Kowalczyk, said the former governor of Ohio was “confident.” Edmund "
     "Hale trails by 6 points in Iowa.", ["Beth Kowalczyk", "Edmund Hale"]),
    ("The FBI and the Justice Department did not comment, according to Attorney General Simon Achterberg.",
     ["Simon Achterberg"]),
    ("Former Deputy National Security Adviser Lila Farouk wrote in an op-ed in the Washington Post that NATO "
     "was ready.",
     ["Lila Farouk"]),
    ("In South Carolina, the Rev. Amos Tilley endorsed him; in New Hampshire, Gov. Peg Lindholm did not.",
     ["Amos Tilley", "Peg Lindholm"]),
    ("“He’s wrong,” said David Okafor-Lane, a professor of law at Georgetown University and author of “The Long Veto.”",
     ["David Okafor-Lane"]),
    ("Polls by Quinnipiac University and Marist College show Stone ahead, pollster Hal Brenner said. Marguerite Stone "
     "would be the first woman.", ["Marguerite Stone", "Hal Brenner"]),
    ("Senate Majority Whip Curtis Yarrow (R-Texas) and Sen. Ines Delgado (D-N.M.) reached a deal.",
     ["Curtis Yarrow", "Ines Delgado"]),
]


@pytest.mark.parametrize(("text", "expected"), FULL_NAMES + SEVERAL + SINGLE_NAMES + CALLINGS + CREDITS + POLITICS)
def test_people(text: str, expected: list[str]) -> None:
    """Every individual, once, by the fullest form, without honorifics, roles and possessives."""
    assert sorted(names(text)) == sorted(expected)


@pytest.mark.parametrize(("text", "name", "mentions"), SHORTER_LATER)
def test_later_mentions(text: str, name: str, mentions: int) -> None:
    """Surname, given name, short form, initial and a slip of the pen are mentions of the person named in full."""
    person = one(text)
    assert person.name == name
    assert len(person.mentions) == mentions


@pytest.mark.parametrize("text", NOBODY)
def test_nobody(text: str) -> None:
    """Places, streets, firms, teams, laws, dishes and days are no people."""
    assert names(text) == []


@pytest.mark.parametrize(("title", "text", "expected"), [
    ("Adeyemi Signs Levy", "Ruth Adeyemi signed it.", ["Ruth Adeyemi"]),
    ("Walter Prentiss Opens Ferry Point Stadium", "The stadium is open.", ["Walter Prentiss"]),
    ("Walter Prentiss Resigns", "Prentiss said that he was tired, and Prentiss smiled.", ["Walter Prentiss"]),
    ("Harbor Authority Raises Fares Again", "Fares rise.", []),
    ("Fake Painters Rob Bank On Alder Street", "They fled.", []),
    ("Student Sues Ford For Millions", "A crossing was unsafe.", []),
    ("Officer Pulls Man Off Tracks", "The train came seconds later.", []),
    ("Witness Claims Sorensen Was There", "The court heard her.", []),
    ("Stevie Wonder Plays The Pier", "The pier was full.", ["Stevie Wonder"]),
])
def test_headlines(title: str, text: str, expected: list[str]) -> None:
    """Headlines write every word large: what the text confirms is believed, and what is beyond doubt."""
    assert names(text, title) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Mayor Brice spoke. Harbor Side Failure Prompt Brice, wrote the Dispatch.", ["Brice"]),
    ("Harbor League Rules Chief Ken Doyle objected.", ["Ken Doyle"]),
    ("Play it at Jazz Age Lawn Party Tarn, or at the Rocky Horror Picture Show August 8th.", []),
    ("On stage were Ann Wexler Hank Sorensen Mary Doyle Theo Brooks Carl Fisk.", ["Ann Wexler"]),
    ("Meet Rosie, who was found at the pier. Rosie likes fish.", ["Rosie"]),
    ("Court papers say, “Knowing Doyle was ill, he left.” Hank Sorensen denied it.", ["Doyle", "Hank Sorensen"]),
    ("“Edwin Cruz ran it,” said Hank Sorensen.", ["Edwin Cruz", "Hank Sorensen"]),
    ("Harbor Council Members Ana Doyle and Theo Brooks objected.", ["Ana Doyle", "Theo Brooks"]),
    ("Harbor Council Member Rodriguez insisted. Rodriguez said that it failed.", ["Rodriguez"]),
    ("Stevie Wonder and Steve Jobs met.", ["Stevie Wonder", "Steve Jobs"]),
])
def test_capitals_that_are_no_name(text: str, expected: list[str]) -> None:
    """A headline, a list or a thing inside a text is nobody, though a name may be in it."""
    assert names(text) == expected


def test_mentions_of_headlines_have_no_span() -> None:
    """Spans count characters of the text; a mention in the headline has none."""
    person = one("Ruth Adeyemi signed it.", "Adeyemi Signs Levy")
    assert [(mention.name, mention.span is None) for mention in person.mentions] == [
        ("Adeyemi", True), ("Ruth Adeyemi", False)]


def test_president_is_not_his_family() -> None:
    """Where only a relative is named in full, the president is somebody else."""
    assert sorted(names("Ivanka Trump spoke. President Trump listened.")) == ["Ivanka Trump", "Trump"]
    assert sorted(names("Melania Trump spoke. They guard President-elect Trump.")) == ["Melania Trump", "Trump"]
    assert names("She spoke after President Trump. Trump smiled.", "Melania Trump Speaks") == ["Trump"]
    assert names("It was a day for Trump. Trump smiled.", "Melania Trump Speaks") == ["Melania Trump"]
    assert names("It was a day for President Trump. Trump smiled.", "Donald Trump Speaks") == ["Donald Trump"]


@pytest.mark.parametrize(("text", "expected"), [
    ("Madonna and Theo Brooks met.", ["Madonna", "Theo Brooks"]),
    ("Imani and Theo Brooks met.", ["Imani Brooks", "Theo Brooks"]),
    ("Police held Farid Haddad, 27 (no relation to the boxer Farad Haddad).", ["Farid Haddad", "Farad Haddad"]),
    ("Police held Farid Haddad, 27. Later Farad Haddad was freed.", ["Farid Haddad"]),
    ("Ann Tagliaferro spoke. Later Ann Taglaiferro left, then Ann Tagliaferro.", ["Ann Tagliaferro"]),
    ("Ann Patterson met Ann Paterson.", ["Ann Patterson", "Ann Paterson"]),
    ("Ann Tagliaferro spoke. Later Robert Taglaiferro, a lawyer, left.", ["Ann Tagliaferro", "Robert Taglaiferro"]),
    ("Andrew Garrity wrote of his youth. Andrea Garrity was born in Calder.", ["Andrew Garrity", "Andrea Garrity"]),
    ("John Haverill sang. The pianist Dr. John played, too.", ["John Haverill", "John"]),
    ("Rep. Brice and her mother Ada Brice waved.", ["Ada Brice", "Brice"]),
    ("Rep. Brice waved. It was a day for Ada Brice.", ["Ada Brice"]),
])
def test_who_is_another(text: str, expected: list[str]) -> None:
    """What makes two persons of names that are alike, and what does not."""
    assert sorted(names(text)) == sorted(expected)


@pytest.mark.parametrize("text", [
    "The mural is on St. Anthony's Convent, near St. Joseph's Hospital.",
    "The Cathedral of Saint John the Divine was full.",
    "Take the bus to JFK. Then JFK was closed.",
    "(Imani Brooks/Clarionist) She spoke with Clarionist.",
])
def test_what_only_looks_like_a_name(text: str) -> None:
    """Churches, airports and who publishes a picture are nobody."""
    assert set(names(text)) <= {"Imani Brooks"}


@pytest.mark.parametrize(("text", "expected"), [
    ("Bloomberg News reports that it fell. More from Bloomberg: it rose.", []),
    ("Bloomberg News reports that it fell. Mayor Bloomberg smiled.", ["Bloomberg"]),
    ("A Bloomberg news conference was late. Bloomberg said so.", ["Bloomberg"]),
    ("Bloomberg, who is the richest, said that it fell. Bloomberg smiled.", ["Bloomberg"]),
])
def test_who_lends_a_publisher_the_name(text: str, expected: list[str]) -> None:
    """Is meant only where the article says so."""
    assert names(text) == expected


def test_a_surname_with_a_saint() -> None:
    """Of somebody whom the article names in full."""
    assert [len(each.mentions) for each in find_people("", "Jill St. John waved. Then St. John left.")] == [2]


@pytest.mark.parametrize(("text", "expected"), [
    ("Ferry captain Hank Sorensen waved.", "Ferry captain"),
    ("The Clarion adds, \"Borough President Imani Brooks and others waved.\"", "Borough President"),
    ("New Carrow Civil Rights Union executive director Imani Brooks waved.",
     "New Carrow Civil Rights Union executive director"),
    ("Long Island Congressman Theo Brooks waved.", "Long Island Congressman"),
    ("Health Commissioner Dr. Imani Brooks waved.", "Health Commissioner"),
    ("Calder funkster Dr. Theo Brooks waved.", None),
    ("First Lady Imani Brooks waved.", "First Lady"),
    ("It failed, said de la Vega spokeswoman Imani Brooks.", "de la Vega spokeswoman"),
    ("They asked potential Tonight Show host Imani Brooks about it.", "Tonight Show host"),
    ("They asked The Mayor Imani Brooks about it.", "Mayor"),
    ("The drama will star Imani Brooks as a pilot.", None),
    ("It is late, according to photographer Imani Brooks.", "photographer"),
    ("He ran (D-Calder), Rep. Imani Brooks said.", "Rep."),
    ("\"Today President Imani Brooks spoke,\" it said.", "President"),
    ("So did running mate Imani Brooks.", "running mate"),
    ("The law went to President Imani Brooks again.", "President"),
    ("They named Imani Brooks, the former harbor leader; and others.", "the former harbor leader"),
    ("It had awful food—Clarion publisher Theo Brooks dined there, too.", "Clarion publisher"),
    ("Patrolmen's Benevolent Association president Theo Brooks waved.", "Patrolmen's Benevolent Association president"),
    ("Calder's Commissioner Imani Brooks waved.", "Commissioner"),
    ("He wrote to then-BBC President Theo Brooks about it.", "then-BBC President"),
    ("We sent photographer Imani Brooks there.", "photographer"),
    ("The second half saw coach Theo Brooks smile.", "coach"),
    ("The plan of Harbor Authority Commissioner Dolores Whitcomb failed.", "Harbor Authority Commissioner"),
    ("It helps, said former CTA chairman Patrick Mulcahy.", "former CTA chairman"),
    ("Imani Brooks, a tenants' organizer from Saltmarsh, agreed.", "a tenants' organizer from Saltmarsh"),
    ("Saul Wexler, 61, the owner of nine buildings, refused.", "the owner of nine buildings"),
    ("Priya Raman, who is a lawyer for the tenants, agreed.", "a lawyer for the tenants"),
    ("Ken Falco, a large hat on his head, waved.", None),
    ("His brother Theo Marchetti waved.", None),
    ("Then Mr. Theo Marchetti waved.", None),
])
def test_description(text: str, expected: str | None) -> None:
    """The role beside a name, in front or behind; what is no role is left out."""
    assert one(text).description == expected


@pytest.mark.parametrize("text", [
    "Local Hero Tom “Big Joe” Zuk left. Local Hero Tom Zuk came.",
    "Local Hero Tom Zuk left. Local Hero Tom “Big Joe” Zuk came.",
    "Local Hero Tom Zuk left. Local Hero Tom Zuk, Jr., came.",
])
def test_a_part_is_found_with_and_without_a_nickname(text: str) -> None:
    """A name that is only a part of what is capitalised has its mentions wherever a nickname or Jr. shifts it."""
    persons = find_people("", text)
    spans = [mention.span for person in persons for mention in person.mentions if mention.span]
    assert len(spans) == 2
    assert all(span.of(text).startswith("Tom") and "Zuk" in span.of(text) for span in spans)


@pytest.mark.parametrize(("name", "expected"), [
    ("Mr. Wexler", "m"), ("Ms. Raman", "f"), ("Councilwoman Zhao", "f"), ("Imani Brooks", "f"),
    ("Luis de la Vega", "m"),
    ("Police Commissioner James O'Rourke", "m"), ("J. P. Castellane", None), ("Adeyemi", None), ("Ruth", "f"),
    ("Rev. Walter Prentiss", "m"), ("Jordan Hale", None), ("", None),
])
def test_gender(name: str, expected: str | None) -> None:
    """By honorific or calling, else by a given name that nearly only men or only women bear."""
    assert gender(name) == expected


@pytest.mark.parametrize(("one_name", "other", "same"), [
    ("Michael", "Mike", True), ("bill", "William", True), ("Ruth", "Ruth", True), ("Ruth", "Walter", False)])
def test_same_given_name(one_name: str, other: str, same: bool) -> None:
    """Equal, or one the short form of the other."""
    assert same_given_name(one_name, other) is same


def test_names_table() -> None:
    """The table knows names and words apart; a word may be both."""
    assert usage("Walter").given == 5 and given_gender("walter") == "m"
    assert usage("park").word == 4 and usage("park").surname == 5
    assert not any(usage("qqqq")[1:])
    assert well_known()["barack obama"] == "people"


@given(st.text(alphabet=st.sampled_from("ABCDabcdö '’\".,-()[]/@\n“”&$"), max_size=120), st.text(max_size=40))
def test_anything_is_read(text: str, title: str) -> None:
    """No text breaks the reading; every mention is where it says, brackets apart."""
    for person in find_people(title, text):
        for mention in person.mentions:
            if mention.span is not None:
                assert 0 <= mention.span.start < mention.span.end <= len(text)
                assert mention.span.of(text).replace("[", "").replace("]", "") == mention.name.removesuffix(
                    mention.name[len(mention.span.of(text)):]) or "[" in mention.span.of(text)


@pytest.mark.parametrize("piece", [
    "Aaa Bbb ", "Smith ", '"A ', "A.", "O'", "via a b c ", "John{} Park, ", "(a/", "[A] ", "Mr. {}son said. ",
])
def test_work_grows_with_the_text_and_no_faster(piece: str) -> None:
    """Whatever it holds, also ever other names."""
    assert is_linear(lambda count: find_people("A headline", "".join(map(piece.format, _words(count)))), 100)


def _words(count: int) -> Iterator[str]:
    """Ever other words of small letters."""
    return ("".join(letters) for letters in islice(product("abcdefghij", repeat=4), count))
