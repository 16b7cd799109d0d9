"""The lexicon of reported speech: tables of words by what they do there, each tested as data.

Verbs are written once, in the plain form; verb_forms() makes the others, since English is so regular
that a table of the irregular verbs completes the work.
"""

from __future__ import annotations

from indexer.language.person_words import HONORIFICS, LINKING_NOUNS, PERSON_NOUNS, ROLES, ROLES_AND_THINGS

_IRREGULAR = {
    "say": "said saying says", "tell": "told telling tells", "write": "wrote written writing writes",
    "think": "thought thinking thinks", "feel": "felt feeling feels", "read": "reading reads", "go": "went goes going",
    "swear": "swore sworn swearing swears", "sing": "sang singing sings", "put": "putting puts",
    "find": "found finding finds", "begin": "began beginning begins", "speak": "spoke speaking speaks",
    "tweet": "tweeted tweeting tweets", "quip": "quipped quipping quips", "admit": "admitted admitting admits",
    "plead": "pleaded pled pleading pleads", "draw": "drew drawing draws", "blog": "blogged blogging blogs",
    "hold": "held holding holds", "show": "showed shown showing shows", "know": "knew known knowing knows",
    "give": "gave giving gives", "hear": "heard hearing hears", "let": "letting lets", "make": "made making makes",
    "understand": "understood understanding understands", "see": "saw seen seeing sees", "mean": "meant meaning means",
    "text": "texted texting texts", "rap": "rapped rapping raps", "have": "had has having", "get": "got getting gets",
    "break": "broke breaking breaks", "bet": "betting bets", "rant": "ranted ranting rants", "snap": "snapped snapping snaps",
    "regret": "regretted regretting regrets", "chat": "chatted chatting chats", "refer": "referred referring refers",
    "lament": "lamented lamenting laments", "vent": "vented venting vents", "point": "pointed pointing points",
    "lead": "led leading leads", "teach": "taught teaching teaches", "build": "built building builds",
    "drive": "drove driven driving drives", "run": "ran running runs", "forget": "forgot forgotten forgetting forgets",
    "foresee": "foresaw foreseeing foresees", "blurt": "blurted blurting blurts", "spell": "spelled spelling spells",
    "submit": "submitted submitting submits", "permit": "permitted permitting permits",
}


# Verbs that double their last letter before -ed and -ing.
_DOUBLING = frozenset("slam rip beg dub plan pen sum shrug hum nag kid sob knock stun rap pan cap drop stop chirp grin nod".split()) - {"knock", "chirp"}


def verb_forms(plain: str) -> frozenset[str]:
    """Every form of a verb: said, saying, says of say."""
    if plain in _IRREGULAR:
        return frozenset(_IRREGULAR[plain].split()) | {plain}
    if plain.endswith("e"):
        return frozenset({plain, plain + "s", plain + "d", plain[:-1] + "ing"})
    if plain.endswith("y") and plain[-2] not in "aeiou":
        return frozenset({plain, plain[:-1] + "ies", plain[:-1] + "ied", plain + "ing"})
    s = "es" if plain.endswith(("s", "sh", "ch", "x", "z")) else "s"
    stem = plain + plain[-1] if plain in _DOUBLING else plain
    return frozenset({plain, plain + s, stem + "ed", stem + "ing"})


_PLURALS = {"child": "children", "wife": "wives", "thief": "thieves", "passerby": "passersby", "ex-wife": "ex-wives",
            "monarch": "monarchs", "editor-in-chief": "editors-in-chief"}


def plural_of(noun: str) -> str:
    """The plural of a noun for people: spokesmen, ladies, coaches."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("" if noun.endswith("s") else "es" if noun.endswith(("sh", "ch", "x")) else "s")


def singular_of(noun: str) -> str:
    """One of those whom a plural for people names: men → man; the noun itself if it names one."""
    irregular = next((single for single, plural in _PLURALS.items() if plural == noun), None)
    if irregular or noun.endswith("men"):
        return irregular or noun[:-2] + "an"
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    short = noun[:-2] if noun.endswith(("shes", "ches", "xes")) else noun[:-1] if noun.endswith("s") else noun
    return short if short in SPEAKING_NOUNS else noun


def is_adverb(word: str) -> bool:
    """Whether a word is an adverb, in the table or by its ending."""
    return word in ADVERBS or (len(word) > 4 and word.endswith("ly") and word not in SPEAKING_NOUNS)


def all_forms(plain_forms: str) -> frozenset[str]:
    """The forms of several verbs, divided by blanks."""
    return frozenset(form for plain in plain_forms.split() for form in verb_forms(plain))


# Verbs whose use beside quotation marks is nearly always a report of speech or writing.
SPEECH_VERBS = all_forms("""
    say tell add write tweet explain note state announce reply respond argue claim admit declare insist recall remark
    joke quip comment continue conclude observe ask warn acknowledge assert allege confirm reveal report testify
    shout yell scream exclaim whisper mutter lament boast brag complain contend counter reiterate stress emphasize
    emphasise predict suggest promise vow urge plead beg wonder muse recount relate relay inform advise caution
    concede deny maintain opine proclaim pronounce retort snap sniff scoff sneer sigh gripe grumble gush rave
    rant vent crack deadpan blog email e-mail text post inquire query demand order command instruct elaborate clarify
    summarize summarise disclose divulge mention cite quote interject chime blurt bellow bark cry holler intone
    speculate surmise reason theorize theorise hypothesize allow agree counsel decree affirm swear enthuse echo
    reminisce confess confide fume rail thunder tease taunt cheer chant sing rap read hint implore assure reassure
    estimate warn apologize apologise tout pledge stipulate rule find chuckle laugh smile shrug offer volunteer
    advertise speak caption reckon wail boom coo croon drawl exhort gloat groan growl grouse hiss howl jest lecture moan mumble
    murmur nag object preach protest purr roar scribble shriek snarl snort sob squeal stammer stutter utter whine yelp correct
    editorialize elaborate exult forecast guarantee kid narrate recite riff spout trumpet verify vouch recap ruminate mumble
    beseech concur specify disclose deduce determine learn joke pronounce phrase teach hypothesise venture testify marvel posit submit spell implore demur bemoan decry
""") | {"twittered"}

# Verbs that can report, but as often do something else; they count less.
WEAK_VERBS = all_forms("""
    call describe praise slam blast criticize criticise denounce condemn accuse blame dismiss label dub deem term
    characterize characterise compare hail laud thank commend credit refer think believe feel hope fear worry expect
    want learn show indicate point list mock ridicule defend attack question challenge address discuss
    talk consider regard brand declare figure decide express recommend propose request threaten cite
    note discover rate review plan intend try acknowledge decry bash rip chide scold lambaste welcome applaud tackle
    issue release publish print understand remember bet guess doubt include
    greet answer ask describe detail outline pen scrawl weigh require liken crow rebut refute dispute disagree ponder
    attest certify depict portray dictate repeat retweet deride interrupt
""") - SPEECH_VERBS

# Verbs that are as often nouns: they report only with their subject right before them, or right behind a quotation.
NOUN_VERBS = frozenset("""
    comment comments blog blogs post posts report reports call calls question questions quote quotes note notes text texts claim claims email
    emails answer answers address release list lists review reviews order orders offer offers request requests praise attack attacks
    joke jokes tweet tweets laugh hope hopes fear fears demand demands rule rules issue issues point points charge estimate
    estimates blame label cheer cheers chant smile cry cries boast hint caution counsel rail rap command query threat volunteer
    caption echo record advertise sign challenge credit thank brand project outline pen promise promises reason plan plans
    object objects forecast guarantee lecture protest kid riff read reads phrase state states boom
""".split())

# These take the listener as their object: in "told the Post", the Post listens.
LISTENER_VERBS = all_forms("tell ask inform advise assure remind warn instruct urge email text beg order notify implore reassure")

BE = frozenset("is are was were be been being".split())
AUXILIARIES = frozenset("""
    is are was were be been being am has have had having do does did will would shall should can could may might must
    isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't 's 've 'd 'll 're
    gets got
""".split())

ADVERBS = frozenset("""
    also then later recently reportedly allegedly previously apparently simply only even just still once first soon
    repeatedly further initially eventually finally ultimately actually basically now never always often subsequently
    today yesterday monday tuesday wednesday thursday friday saturday sunday tonight earlier famously publicly
    reluctantly flatly bluntly proudly angrily quietly calmly sadly happily succinctly wryly dryly cheerfully
    likewise similarly instead already rather not in fact meanwhile helpfully correctly politely sarcastically
""".split())

PRONOUNS = {
    "he": "m", "she": "f", "they": "n", "we": "n", "it": "i", "who": "n", "i": "n",
    "him": "m", "her": "f", "his": "m", "hers": "f", "himself": "m", "herself": "f",
}
SUBJECT_OF = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "they": "they"}
OWNERS = {"his": "he", "her": "she", "their": "they", "its": "they"}       # whom such a possessive means
POSSESSIVE_PRONOUNS = frozenset({"his", "her", "their", "its", "my", "our", "your"})

DETERMINERS = frozenset("""
    a an the one another some several many most two three four five six seven eight nine ten both various numerous few other
    others certain multiple dozens this
""".split())

PREPOSITIONS = frozenset("""
    of in on at by for with from to about into over after before between under against during without through per via near
    inside outside behind beside among amid around upon toward towards despite like unlike since until than as off out up
    down across along regarding concerning following including
""".split())

CONJUNCTIONS = frozenset("and or but nor so yet because while although though if when where whereas unless once".split())
RELATIVES = frozenset("who whom whose which that".split())

# Heads of noun phrases that can speak or write: people by role or relation, groups, and documents.
SPEAKING_NOUNS = frozenset("""
    source sources official officials officer officers cop cops police policeman policewoman detective detectives investigator
    investigators prosecutor prosecutors authority authorities lawyer lawyers attorney attorneys judge jury juror jurors
    spokesman spokeswoman spokesperson spokespeople spokesmen rep reps representative representatives aide aides adviser advisers advisor
    advisors insider insiders staffer staffers employee employees worker workers manager managers owner owners boss bosses executive
    executives director directors president chairman chairwoman founder co-founder ceo chief commissioner mayor governor senator
    congressman congresswoman councilman councilwoman councilmember assemblyman assemblywoman lawmaker lawmakers politician politicians
    minister ambassador secretary candidate candidates leader leaders organizer organizers activist activists advocate advocates protester
    protesters protestor protestors demonstrator demonstrators critic critics expert experts analyst analysts economist scientist scientists researcher researchers
    professor teacher teachers student students principal doctor doctors physician nurse therapist psychologist psychiatrist
    resident residents neighbor neighbors neighbour neighbours tenant tenants landlord landlords tourist tourists visitor visitors passenger passengers
    commuter commuters rider riders driver drivers cabbie cabby cabdriver pilot conductor witness witnesses bystander bystanders
    onlooker passerby passersby pedestrian victim victims suspect suspects defendant defendants plaintiff plaintiffs accuser perp
    thief robber mugger attacker assailant gunman shooter man men woman women guy guys girl girls boy boys kid kids child children teen
    teens teenager teenagers person people individual mother father mom dad parent parents son daughter brother sister wife husband widow widower
    girlfriend boyfriend fiance fiancee fiancé fiancée friend friends pal pals buddy relative relatives aunt uncle cousin niece nephew
    grandmother grandfather grandson granddaughter grandma grandpa family families couple roommate roommates classmate classmates
    colleague colleagues coworker co-worker co-workers coworkers partner partners ex ex-wife ex-husband ex-girlfriend ex-boyfriend in-law
    mother-in-law father-in-law brother-in-law sister-in-law stepfather stepmother customer customers client clients patron patrons diner diners
    shopper shoppers buyer buyers seller vendor vendors merchant merchants bartender waiter waitress chef chefs cook restaurateur restaurateurs
    baker farmer farmers fan fans reader readers user users commenter commenters tipster blogger bloggers reporter reporters
    journalist journalists editor editors columnist critic author authors writer writers novelist poet artist artists musician musicians
    singer rapper actor actress comedian comic filmmaker director producer producers promoter star host anchor dj model designer designers
    architect developer developers broker brokers agent agents realtor banker trader investor investors insurer curator collector historian
    coach player players athlete fighter boxer quarterback pitcher outfielder captain lieutenant sergeant inspector deputy sheriff trooper
    firefighter firefighters fireman firemen paramedic paramedics emt dispatcher operator veteran soldier priest rabbi pastor reverend bishop
    cardinal pope nun imam god king queen prince princess octogenarian grandparent local locals straphanger straphangers cyclist cyclists
    skater runner swimmer patient patients immigrant immigrants worker contractor plumber electrician super superintendent janitor doorman
    group groups agency company firm department office organization organisation union council committee commission board bureau authority
    administration campaign team club museum theater theatre hospital university school college church museum network station channel paper
    newspaper magazine tabloid website site blog outlet publication store shop restaurant bar chain bank airline hotel
    report reports reviewer review study survey poll statement release complaint lawsuit suit indictment filing filings papers affidavit document
    documents letter memo email e-mail note sign signs article story post petition brochure notice ad ads advertisement flyer flier flyers
    fliers listing listings press-release caption headline sources plaque poster text tweet message voicemail book memoir testimony
    transcript ruling decision law bill proposal rules policy website account accounts page menu label description synopsis program invite
    invitation email newsletter obituary editorial column column guide entry warrant subpoena motion brief paperwork data
    court nypd fdny mta city state feds government union opponents supporters proponents skeptics nutritionist dietitian nanny babysitter
    biologist zoologist ecologist meteorologist forecaster forecasters seismologist engineer engineers
    technician spokesdude redditor clerk cashier server security guard guards counselor caretaker caller operator adherent member members
    volunteer volunteers honcho bigwig tipster maker makers creator creators inventor blogger pundit strategist strategists pollster lobbyist
    operative operatives democrat democrats republican republicans conservative conservatives liberal liberals voter voters historian
    ally allies rival rivals opponent foe foes successor predecessor deputy counsel negotiator diplomat diplomats general generals
    coalition nonprofit think-tank institute foundation association alliance caucus party committee panel camp
""".split())

# More people by what they do or are, in the singular; their plurals are made.
_MORE_PEOPLE = """
    attendant attendee devotee aficionado inmate stalker rapist bro lady gentleman speaker survivor panelist enthusiast fanatic hopeful
    contestant participant spectator viewer listener subscriber follower homeowner renter occupant squatter inspector regulator auditor
    translator interpreter astronomer physicist chemist geologist mathematician sociologist anthropologist archaeologist philosopher
    librarian archivist conservator docent usher concierge barista sommelier brewer distiller butcher grocer florist tailor barber
    hairdresser stylist carpenter welder mechanic locksmith mover courier messenger mailman trucker motorman stewardess
    cameraman photographer videographer publisher screenwriter playwright composer drummer guitarist bassist vocalist frontman bandmate
    dancer choreographer ballerina gallerist sculptor painter illustrator cartoonist gamer hacker programmer entrepreneur
    treasurer comptroller chancellor dean provost trustee alumnus alumna graduate freshman sophomore junior pupil tutor instructor
    trainer pediatrician surgeon dentist veterinarian vet pharmacist midwife coroner examiner pathologist medic lifeguard ranger marshal
    bailiff warden prisoner detainee convict fugitive burglar arsonist killer murderer sniper bomber kidnapper
    pervert prankster scammer prostitute stripper mobster informant whistleblower whistle-blower eyewitness bidder
    auctioneer planner preservationist environmentalist conservationist gardener beekeeper fisherman hunter breeder groomer walker jogger
    biker motorcyclist motorist skateboarder surfer hiker climber birder birdwatcher lover devotee superfan groupie intern apprentice
    uploader downloader poster commentator narrator announcer broadcaster correspondent stringer anchorwoman anchorman newscaster
    newlywed bride groom fiancé toddler baby infant twin triplet grandchild godfather godmother stepson stepdaughter foster orphan
    principal headmaster vice-principal landlady subletter roommate flatmate housemate bouncer hostess busboy dishwasher
    legislator donor constituent consultant nominee incumbent challenger frontrunner moderator canvasser solicitor undersecretary
    statistician foreman forewoman hedge-funder fundraiser speechwriter whip ex-aide bundler surrogate appointee
    councilmember assemblymember alderman selectman constable magistrate ombudsman delegate superdelegate envoy consul premier
    chancellor monarch sheikh emir ayatollah monk friar deacon parishioner congregant worshipper missionary
""".split()
_PEOPLE = frozenset(_MORE_PEOPLE) | PERSON_NOUNS | LINKING_NOUNS - {"named"} | {
    role for role in ROLES - HONORIFICS - ROLES_AND_THINGS if len(role) > 4 and role[-1].isalpha()}
SPEAKING_NOUNS |= _PEOPLE | {plural_of(noun) for noun in _PEOPLE} | frozenset("alumni passersby".split())

DOCUMENT_NOUNS = frozenset("""
    pamphlet pamphlets banner banners diary bio biography order agreement assessment prophecy motto slogan resolution audit blurb tagline
    instructions guidelines regulations lease permit inscription epitaph sticker billboard marquee placard placards postcard telegram
    journal manifesto charter amendment status profile essay resume sheet
    report reports review reviews study studies survey surveys poll polls editorials statement release complaint lawsuit suit indictment filing filings papers affidavit
    document documents letter memo email e-mail note sign signs article story post petition brochure notice ad ads advertisement flyer
    flier flyers fliers listing listings caption headline plaque poster text tweet message voicemail book memoir testimony
    transcript ruling decision law bill proposal rules policy page menu label description synopsis program invite invitation
    newsletter obituary editorial column guide entry warrant motion brief
""".split())

SPEAKING_NOUNS |= DOCUMENT_NOUNS

# Nouns that mean an organisation named before: "the agency said".
ORGANISATION_NOUNS = frozenset("""
    group agency company firm department organization organisation union council committee commission board bureau administration
    campaign team club museum theater theatre hospital university school network station channel paper newspaper
    magazine tabloid website site blog outlet publication store shop restaurant bar chain bank airline hotel nonprofit foundation
    association coalition institute band bakery brewery institution startup start-up charity ministry society
    corporation retailer manufacturer wholesaler insurer lender supplier regulator watchdog federation league choir
    orchestra quartet collective clinic gallery library zoo pub cafe supermarket factory parish
""".split())

SPEAKING_NOUNS |= ORGANISATION_NOUNS

# Nouns that mean no single person, besides those of documents and organisations.
GROUP_NOUNS = frozenset("""
    account administration authorities authority city company council couple court data family feds government jury office
    panel party police press public security staff state union nypd fdny mta
""".split())

NO_PERSONS = DOCUMENT_NOUNS | ORGANISATION_NOUNS | GROUP_NOUNS

TITLES = frozenset("""
    mr mrs ms miss dr prof professor rev reverend sir dame lord lady mayor president governor gov senator sen representative rep
    congressman congresswoman councilman councilwoman councilmember council assemblyman assemblywoman commissioner chief
    secretary judge justice officer detective det sergeant sgt lieutenant lt captain capt inspector deputy director chairman
    chairwoman speaker attorney general da ag pm prime minister king queen prince princess pope cardinal archbishop bishop rabbi
    imam father sister brother aunt uncle coach chef
""".split())

# Nouns before quotation marks that name a label or a title rather than speech.
LABEL_WORDS = frozenset("""
    called dubbed titled entitled named nicknamed known labeled labelled termed so-called aka term word words phrase nickname
    song track single album book novel film movie show series episode play exhibit exhibition essay column title video hit hits
    documentary magazine poem painting sketch segment feature section blog game tune musical mural slogan hashtag
    marked reading spelled
""".split())
SPEECH_NOUNS = frozenset("""
    statement quote words comment comments remark remarks saying message letter email e-mail tweet note sign post report line
    caption testimony interview speech press-release release response answer question explanation reply warning advice conclusion
    verdict argument reasoning claim accusation assertion opinion apology review press conference lede motto
""".split())

# Nouns that report words by whose they are: Adeyemi's claim that.
CLAIM_NOUNS = frozenset("""
    claim claims comment comments remark remarks promise pledge vow assertion assertions argument arguments warning warnings
    suggestion response reply announcement accusation accusations allegation allegations belief opinion question questions answer
    answers speech quote prediction description words confession apology criticism explanation observation plea assessment advice
    declaration admission conclusion view motto mantra quotes contention complaint complaints joke quip retort insistence tweet tweets
    statement statements praise analysis estimate call refusal boast jab rant proposal idea take phrase line rallying cry
""".split())

# Nouns and titles that imply a gender.
MALE = frozenset("""man men guy boy father dad son brother uncle nephew husband boyfriend fiance widower grandfather grandpa grandson
    king prince priest actor policeman fireman doorman spokesman councilman congressman assemblyman chairman mr sir waiter gunman
    ex-husband ex-boyfriend stepfather father-in-law brother-in-law son-in-law pope cardinal businessman""".split())
FEMALE = frozenset("""woman women girl mother mom daughter sister aunt niece wife girlfriend fiancee fiancée widow grandmother grandma
    granddaughter queen princess actress policewoman spokeswoman councilwoman congresswoman assemblywoman chairwoman mrs ms miss
    waitress nun ex-wife ex-girlfriend stepmother mother-in-law sister-in-law daughter-in-law businesswoman""".split())
# Nouns that say no more than a pronoun does: the woman is she.
LIKE_PRONOUNS = {"man": "he", "woman": "she", "boy": "he", "girl": "she", "guy": "he"}
PAPER_NOUNS = frozenset("paper newspaper magazine tabloid station publication outlet site website blog channel network".split())
# Nouns that an article may use of anybody: they mean whoever was described so before, not whoever has a title.
ANYBODY = frozenset("""
    source sources man men woman women person people guy girl boy kid child teen teenager friend friends resident
    residents witness official officials police cops officers sources relative neighbor neighbors user reader readers tipster
""".split())
# Nouns of which an article has one only as a rule: the one whom it calls so by name is meant.
PARTS_IN_A_STORY = frozenset("suspect victim defendant plaintiff driver gunman shooter attacker accuser".split())
SAME_OFFICE = {
    "judge": frozenset({"justice"}), "justice": frozenset({"judge"}), "senator": frozenset({"sen"}), "governor": frozenset({"gov"}),
    "congressman": frozenset({"rep", "representative"}), "congresswoman": frozenset({"rep", "representative"}),
    "councilman": frozenset({"councilmember"}), "councilwoman": frozenset({"councilmember"}), "lawyer": frozenset({"attorney"}),
    "attorney": frozenset({"lawyer"}), "doctor": frozenset({"dr", "physician"}), "professor": frozenset({"prof"}),
    "officer": frozenset({"cop"}), "cop": frozenset({"officer"}), "sergeant": frozenset({"sgt"}), "detective": frozenset({"det"}),
    "lieutenant": frozenset({"lt"}), "captain": frozenset({"capt"}), "reverend": frozenset({"rev", "pastor"}),
    **dict.fromkeys(("pastor", "minister", "preacher"), frozenset({"rev", "reverend"})), "priest": frozenset({"rev", "fr"}),
    "prosecutor": frozenset({"da"}),
    "lawmaker": frozenset({"sen", "rep", "assemblyman", "assemblywoman", "councilman", "councilwoman", "senator", "congressman"}),
}
