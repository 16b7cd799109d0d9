"""Words that tell names of people from other names: tables only, each tested as data."""

from __future__ import annotations

from indexer.language.occupations import OCCUPATIONS, OCCUPATIONS_AND_SURNAMES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before a name, never part of it; then those that imply a gender.
HONORIFICS = _words("""
    mr mrs ms miss mx dr rev reverend sir dame lord lady madame mme mlle monsieur msgr monsignor fr hon esq cllr
""")
MALE_TITLES = _words("""
    mr sir lord king prince father brother uncle monsignor msgr monsieur councilman congressman assemblyman
    chairman spokesman pope cardinal archbishop patrolman fireman policeman alderman actor waiter businessman
    emperor duke grandfather grandpa son nephew husband dad fr
""")
FEMALE_TITLES = _words("""
    mrs ms miss dame lady queen princess mother sister aunt madame mme mlle councilwoman congresswoman
    assemblywoman chairwoman spokeswoman policewoman actress waitress businesswoman empress duchess nun
    grandmother grandma daughter niece wife mom
""")

# Offices, ranks and callings that come before a name: "Police Commissioner Dolores Whitcomb".
ROLES = HONORIFICS | MALE_TITLES | FEMALE_TITLES | _words("""
    pc pres reader tipster commenter neighbor victim witness suspect octogenarian onlooker bystander straphanger
    passerby defendant plaintiff challenger weatherman contributor mayor president governor gov senator sen sens
    congressmember representative rep reps councilmember councilor councillor assemblymember commissioner chief
    emeritus emerita
    secretary judge justice officer officers detective det sergeant sgt lieutenant lt lieut captain capt inspector
    insp deputy director speaker minister premier chancellor ambassador attorney da ag adas ada comptroller
    treasurer sheriff trooper marshal agent corporal cpl private pvt colonel col major maj general gen admiral adm
    commander cmdr coach manager umpire referee professor prof principal superintendent supt dean provost pastor
    bishop rabbi imam reverend deacon cantor saint pharaoh sultan emir sheik sheikh chairperson chair ceo cfo coo
    cto cmo founder cofounder co-founder owner editor editor-in-chief publisher reporter columnist critic writer
    author novelist poet playwright journalist correspondent anchor anchorman anchorwoman host hostess
    meteorologist blogger photographer cinematographer filmmaker producer designer architect artist painter
    sculptor musician singer rapper guitarist bassist drummer pianist composer conductor songwriter frontman dj mc
    comedian comic comedienne actor actors actress model supermodel dancer choreographer chef baker bartender
    restaurateur sommelier pitcher catcher quarterback outfielder shortstop infielder goalkeeper goalie forward
    midfielder striker linebacker receiver cornerback guard center slugger closer ace jockey boxer wrestler golfer
    swimmer skater democrat democrats republican republicans rep. spokesperson spokesman spokeswoman aide adviser
    advisor analyst economist scientist historian biologist psychologist psychiatrist astronaut engineer developer
    lawyer counsel prosecutor investigator firefighter paramedic nurse doctor physician surgeon pathologist
    teacher student activist organizer resident tycoon mogul billionaire millionaire heiress socialite
    entrepreneur executive investor trader banker broker star legend icon guru dictator leader candidate nominee
    hopeful incumbent czar tsar mayor-elect president-elect ex-mayor ex-president ex-governor ex-cop
    vice-president councilmembers co-chair mr. brothers sisters public advocate mp msp mep
    administrator supervisor coordinator ranger technician vp svp evp emt emts medic dispatcher assessor councilperson
    alderwoman alderperson selectman selectwoman freeholder regent legislator lawmaker delegate assemblyperson
    undersecretary undersheriff envoy strategist pollster lobbyist fundraiser consultant specialist planner programmer
    technologist statistician controller appraiser forewoman contractor electrician mechanic janitor custodian doorman
    concierge landlord homeowner shopper commuter passenger cyclist bicyclist motorist cabbie cabdriver courier
    co-pilot copilot motorman attendant barista florist stylist nanny babysitter therapist counselor counsellor
    pharmacist dentist veterinarian instructor librarian archivist operator recruiter uploader attendee participant
    volunteer employee staffer vendor fisherman geologist chemist physicist astronomer ecologist philosopher protester
    demonstrator survivor veteran roommate housemate classmate colleague mixologist pitmaster vice-chairman vice-chair
    governor-general attorney-general secretary-general surgeon-general agent-in-charge mate boatswain seaman crewman
    purser
""")
# In front of a role or a name, and no part of either: "Former Deputy Mayor", "Acting Chief".
ROLE_MODIFIERS = _words("""
    former acting interim deputy vice assistant associate senior junior executive managing chief lead late ex then
    prime first lieutenant attorney district state city council police fire county borough transit federal
    national town village school schools health parks transportation sanitation buildings housing correction
    corrections education house senate congressional democratic republican gop mayoral presidential gubernatorial
    american british french italian german chinese japanese russian irish israeli canadian australian mexican
    indian brazilian polish african-american creative artistic musical general special supreme court appeals
    public outgoing incoming legendary famed rookie veteran co
""")

LOWER_PARTICLES = _words("""
    de del della di da do dos das du des la le van von der den ter bin ibn bint al el zu und y e af av the wa ould
""")
# Particles that no given name is: "De Blasio" is a surname, "Van Morrison" a full name.
NEVER_GIVEN = _words("de del della di da do dos das du von der den ter zu af le")
SUFFIXES = _words("jr sr ii iii iv v esq phd md")
# Behind a name in capitals, and no part of it: seats, honours, offices in court.
POST_NOMINALS = _words("mp msp mep mla td qc kc sc obe mbe cbe dbe vp")
# Behind a hyphen these make a description of a name: an Adeyemi-era law, a Wexler-style tower.
COMPOUND_ENDINGS = _words("""
    era area run style born led fan free type like wide esque ish era age size themed bound hater lover lite only haters
    fans heavy proof ready worthy adjacent friendly centric inspired based to in and turned by on up for at off tinged
    elect area mania gate land y ism ist ite less sung made owned level levels issue brand native class set kind flavor
    award driven goer goers spawn shirt design blend
""")
ABBREVIATIONS = HONORIFICS | _words("""
    st jr sr sgt lt capt det insp gov sen sens rep reps prof gen col maj cmdr adm cpl pvt lieut supt hon chas wm
    geo jos asst dep atty phd md
""")

# The last word of names that are no person's: "Corwin Street", "Meridian Holdings Inc".
THING_ENDINGS = _words("""
    camry corolla prius civic accord altima sentra maxima escalade tahoe mustang camaro corvette impala malibu
    cherokee wrangler jetta passat sedan suv minivan photography sts aves blvds rds deco shepherd shepard terrier
    retriever streets avenues boulevards roads lanes drives places plazas squares bridges tunnels beaches rivers
    lakes towers schools libraries museums galleries theatres clubs pd fd da dept cake burger grange lantern
    street st avenue ave boulevard blvd road rd lane drive place plaza square court terrace way highway parkway
    expressway freeway turnpike bridge tunnel bay beach island islands isle river lake creek canal harbor harbour
    pond falls ocean sea mountain mountains hill hills heights valley canyon desert forest woods park parks garden
    gardens zoo aquarium cemetery field fields stadium arena rink pool pier dock port airport station terminal
    yard yards village town township city county borough district neighborhood quarter state states republic
    kingdom union empire north south east west side point slope inc corp corporation co company companies llc llp
    ltd plc group holdings partners associates brothers bros sons industries enterprises systems technologies
    solutions services ventures capital management realty properties development developers estates bank trust
    fund foundation institute institution association society league federation alliance coalition committee
    council commission board authority agency administration bureau department dept office ministry court courts
    senate house congress parliament assembly party caucus club team university college school schools academy
    seminary library museum gallery galleries theater theatre theaters cinema cinemas playhouse opera philharmonic
    symphony orchestra choir ballet center centre hall house houses tower towers building buildings apartments
    condos condominium condominiums hotel hotels inn motel lodge resort spa casino hospital clinic church
    cathedral chapel temple synagogue mosque shrine monastery restaurant cafe café bistro brasserie bar pub tavern
    saloon lounge grill grille diner deli delicatessen pizzeria pizza bakery creamery brewery brewing distillery
    winery steakhouse steak bbq barbecue burger burgers kitchen market markets store stores shop shops boutique
    mall supermarket pharmacy drugstore tea coffee times post news journal tribune herald gazette observer
    magazine press radio network channel tv television broadcasting films pictures studios studio entertainment
    productions records music media digital show festival fest parade marathon cup series bowl championship open
    tour awards award prize medal oscar emmy grammy day night week weekend eve year season games olympics act law
    bill amendment code rule project program initiative plan campaign movement war battle treaty line express
    railroad railway transit subway bus airlines airways air ferry phone pad pod app online com org net army navy
    corps force forces guard police patrol times-dispatch daily weekly monthly sun bee star-ledger report poll
    index survey study guide book books bible story stories tales chronicles trilogy syndrome disease virus flu
    effect theory conservancy preserve reservation memorial monument statue mansion palace castle collective
    community communities crew gang family app bill's
""") - _words("house hall court park hill woods fields pond lane place sons heights rivers bush brothers")
# The same, though they are also surnames: the context decides.
THING_OR_SURNAME = _words("""
    house hall court park hill hills woods fields pond lane place heights forest church temple street waters
    rivers lake bank case day night marsh banks beach bridge bridges lodge castle guard field march law story cook
    bell price cross english french
""")

# Of the titles, those that are as often somebody's surname or given name: "Tom Judge", "Dean Martin".
TITLES_AND_NAMES = _words("""
    king judge major bishop dean prince duke pope deacon chase baker butler page miller painter porter marshal
    marshall lane model star saint princess queen chief captain earl lord host mayor abbot constable sergeant
    chancellor chandler may parker coach anchor critic guard center forward catcher pitcher st hon art private
    sultan emir minister dancer singer doctor teacher governor general provost trader banker sheriff student mark
    producer sons
""")

# Titles that are initials: written as a word they are a name.
TITLES_IN_CAPITALS = _words("ada adas")

# Of these, the ones that are a calling wherever they come before a name: "County Court Judge Leonard Fisk".
CALLINGS = _words("""
    judge mayor president governor chief captain major sheriff general minister chancellor ambassador sergeant
    constable coach host anchor critic producer singer dancer teacher doctor student star queen bishop provost
    trader banker pitcher catcher guard center forward
""")

CALENDAR = _words("""
    january february march april may june july august september october november december jan feb mar apr jun jul
    aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tues wed thurs thu fri
    sat sun christmas easter halloween thanksgiving hanukkah passover ramadan valentine valentine's spring summer
    fall winter autumn
""")

MONTH_NAMES = _words("april may june august january")

# Small words that only headlines and shouted text write with a capital; no name runs across them.
ALWAYS_SPLIT = _words("""
    a an the of for and or nor but in on at to by with from as is are was were be been into onto over under up out
    off than that this these those it its his her their your our my who whom whose what when where why how which
    if not no after before while because since until amid during against about around between through without
    within via per vs has have had does did can could would should says say said gets get got goes makes takes
    wants & he she they we you
""")

# Words that open sentences, or are capitalised for emphasis, and are no names.
FUNCTION_WORDS = _words("""
    a an the this that these those he she it they we you i who whom whose what which when where why how and or but
    nor so yet if while although though because since unless until as after before once whereas whether in on at
    by for from with without within to of off over under into onto through during between among against about
    above below across along around behind beside besides beyond near outside inside past per via toward towards
    upon up down out like unlike despite except than then there here now today yesterday tomorrow tonight is are
    was were be been being am has have had having do does did done can could will would shall should may might
    must not no yes all any both each every few many more most much other others another some such only own same
    just also even still again too very well once ever never always often however instead meanwhile moreover
    indeed perhaps maybe please let let's get got go going come see say says said told according asked added
    adding call called his her its their our your my mine yours hers ours theirs him them us me myself himself
    herself themselves one two three four five six seven eight nine ten eleven twelve first second third last next
    new old good great big best better real free full high low long short little former late early i'm i've i'd
    i'll you're you've you'll he's she's it's we're we've they're they've that's there's here's what's who's
    where's how's don't doesn't didn't isn't aren't wasn't weren't can't couldn't won't wouldn't shouldn't ain't
    oh ok okay hey hi hello thanks thank sorry sure wow yeah yep nope ah uh um lol omg wtf fyi ps update updated
    updates via photo photos photograph photographs photographer video image images courtesy credit source sources
    related earlier previously breaking exclusive watch read click follow share tweet told ask make made take took
    want know think look find give keep try need put above below left right top bottom back front part everyone
    everybody someone somebody anyone anybody nobody nothing something everything anything nobody else thus hence
    whatever whoever whenever wherever somehow good-bye goodbye dear sincerely regards police officials
    authorities cops neighbors residents witnesses prosecutors lawyers investigators detectives
""")

NATIONALITIES = _words("""
    american americans british english french german germans italian italians irish scottish welsh spanish russian
    russians chinese japanese korean vietnamese thai indian indians pakistani mexican mexicans canadian canadians
    cuban brazilian argentine colombian dominican haitian jamaican israeli israelis palestinian egyptian iranian
    iraqi syrian turkish greek polish ukrainian dutch swedish norwegian danish finnish swiss austrian hungarian
    czech african african-american asian european latino latina hispanic jewish muslim muslims christian
    christians catholic catholics protestant hindu buddhist mormon arab arabs native caucasian black white
    australian nigerian kenyan ethiopian saudi afghan democrat democrats democratic republican republicans gop
    yorker yorkers brooklynite brooklynites manhattanite angeleno bostonian chicagoan texan texans californian
    floridian parisian londoner jew jews hasidic orthodox nazi nazis communist socialist
""")

PLACES = _words("""
    america usa us u.s uk u.k eu england britain scotland ireland wales france germany italy spain portugal russia
    china japan korea vietnam thailand india pakistan afghanistan iran iraq israel palestine gaza syria lebanon
    egypt libya turkey greece poland ukraine holland netherlands belgium sweden norway denmark finland iceland
    switzerland austria hungary canada mexico cuba haiti jamaica brazil argentina chile colombia peru venezuela
    australia zealand africa europe asia kenya nigeria ethiopia somalia sudan congo ghana morocco algeria tunisia
    saudi arabia yemen qatar dubai bahrain kuwait nepal bangladesh indonesia malaysia singapore philippines taiwan
    tibet mongolia bermuda bahamas barbados guyana trinidad tobago ecuador bolivia uruguay paraguay guatemala
    honduras nicaragua panama alabama alaska arizona arkansas california colorado connecticut delaware florida
    hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota
    mississippi missouri montana nebraska nevada hampshire jersey york carolina dakota ohio oklahoma oregon
    pennsylvania tennessee texas utah vermont virginia wisconsin wyoming n.y n.j d.c l.a nyc ny nj la dc sf
    manhattan brooklyn bronx queens staten harlem long williamsburg bushwick bedford-stuyvesant bed-stuy
    greenpoint astoria flushing tribeca soho noho nolita dumbo chinatown midtown downtown uptown gowanus
    bensonhurst flatbush canarsie jamaica ridgewood corona elmhurst woodside sunnyside inwood chelsea hoboken
    newark yonkers hamptons montauk albany buffalo syracuse rochester westchester nassau suffolk catskills
    adirondacks rockaway rockaways hudson broadway boston chicago philadelphia philly detroit cleveland cincinnati
    pittsburgh baltimore washington atlanta miami orlando tampa nashville memphis houston dallas austin denver
    phoenix vegas seattle portland oakland sacramento hollywood anaheim minneapolis milwaukee indianapolis
    louisville orleans brooklyn's london paris rome milan venice florence naples berlin munich vienna madrid
    barcelona lisbon amsterdam brussels dublin edinburgh moscow beijing shanghai tokyo kyoto seoul delhi mumbai
    bombay calcutta cairo jerusalem aviv baghdad kabul tehran istanbul athens prague budapest warsaw stockholm
    oslo copenhagen helsinki geneva zurich toronto montreal vancouver sydney melbourne rio havana caracas bogota
    lima santiago buenos aires johannesburg nairobi lagos atlantic pacific caribbean mediterranean wall earth mars
    jupiter
""")

ORGANISATIONS = _words("""
    nypd fdny mta cia fbi nsa irs nasa nato un cnn nbc cbs abc fox msnbc espn hbo mtv bbc npr pbs vh1 amc nba nfl
    mlb nhl ncaa fifa google facebook twitter apple microsoft amazon youtube instagram tumblr reddit netflix uber
    lyft airbnb yelp craigslist foursquare verizon comcast walmart target starbucks mcdonald's mcdonalds wendy's
    macy's bloomingdale's saks barneys bergdorf nordstrom ikea costco kmart sears walgreens cvs rite duane reade
    citibank chase citigroup goldman lehman merrill lynch jpmorgan wells fargo disney pixar marvel sony nintendo
    samsung toyota honda ford chevrolet nissan bmw mercedes cadillac jeep nike adidas reebok gucci prada armani
    versace chanel hermes zara gap pepsi coca-cola coke budweiser heineken guinness snapple gatorade oreo twinkies
    yankees mets giants jets knicks nets rangers islanders devils cowboys eagles patriots packers bears lions
    lakers celtics bulls heat sox cubs dodgers braves phillies cardinals angels athletics mariners
    buzzfeed gawker huffpost huffington politico slate salon vox vice wired esquire gq vogue elle playboy
    rolling-stone billboard variety deadline tmz reuters amtrak lirr njtransit septa wnyc wabc wnbc wcbs ny1 wpix
    pix11 democrats republicans congress senate pentagon white-house rikers xbox playstation iphone ipad ipod
    macbook android qaeda jazeera shabaab hezbollah hamas taliban isis godzilla batman superman spiderman
    spider-man hulk joker santa
""")

LINKING_NOUNS = _words("""
    husband wife son daughter brother sister mother father mom dad uncle aunt nephew niece cousin friend
    girlfriend boyfriend fiance fiancé fiancee fiancée partner roommate colleague neighbor lawyer attorney aide
    rival opponent predecessor successor ex-wife ex-husband ex-girlfriend ex-boyfriend widow widower twin
    spokesman spokeswoman spokesperson man woman boy girl named victim suspect
""")

# Forms of the verbs that report speech or thought, or do what only people do.
PERSON_VERBS = _words("""
    said says say saying told tells telling wrote writes writing tweeted tweets added adds explained explains
    noted notes stated states announced announces argued argues asked asks claimed claims admitted admits declared
    declares replied replies responded responds recalled recalls remarked joked jokes quipped insisted insists
    continued continues concluded concludes warned warns confirmed confirms testified testifies yelled shouted
    screamed whispered laughed laughs smiled smiles thinks thought believes believed hopes hoped knows knew wants
    wanted feels felt likes loves loved met meets died dies married marries lives lived resigned resigns appeared
    stars starred plays played sings sang born grew pleaded pleads denied denies apologized apologizes tries tried
    called calls agreed agrees thanked praised blasted slammed criticized ran runs won wins lost accused arrested
    charged convicted sentenced killed shot stabbed who whom whose
""")
PLACE_PREPOSITIONS = _words("in at near outside inside across throughout around")

# Whose relatives are in the news too.
PRESIDENTS = {
    "obama": "barack", "trump": "donald", "bush": "george", "clinton": "bill", "reagan": "ronald", "carter": "jimmy",
    "ford": "gerald", "nixon": "richard", "kennedy": "john", "biden": "joe", "roosevelt": "franklin",
}
ROLES |= OCCUPATIONS | OCCUPATIONS_AND_SURNAMES
TITLES_AND_NAMES |= OCCUPATIONS_AND_SURNAMES

# What people are, in the singular: before a name in small letters ("reader Lena Fitch") or by themselves ("one reader").
PERSON_NOUNS = _words("""
    man woman boy girl teen teenager child mother father parent resident native veteran tenant landlord neighbor
    driver cyclist tourist victim witness suspect member head manager partner professor fellow expert specialist
    advocate consultant strategist pollster lobbyist supporter opponent critic friend volunteer worker employee
    graduate survivor reader readers user commenter commenters tipster caller passenger pedestrian commuter
    customer shopper diner patron guest visitor protester demonstrator marcher attendee participant competitor
    contestant winner finalist defendant plaintiff detainee inmate prisoner gunman shooter attacker robber thief
    burglar stalker designer illustrator cartoonist animator developer programmer hacker pilot sailor soldier
    marine medic farmer gardener carpenter plumber electrician mechanic janitor doorman superintendent bouncer
    bodyguard columnist pundit anchor newscaster weatherman weatherwoman broadcaster commentator podcaster vlogger
    violinist cellist trumpeter saxophonist vocalist crooner diva soprano tenor rocker emcee hitter outfielder
    reliever goaltender defenseman winger defender fullback cornerman skipper colleague classmate teammate
    roommate flatmate housemate mentor protege sidekick confidant lover mistress owner co-owner cofounder
    co-founder organizer co-organizer creator co-creator director co-director author co-author
""")
# Of the offices, ranks and callings, those that as often mean something else where no name follows.
ROLES_AND_THINGS = _words("""
    ace ada adas ag art center closer da forward fr general hon icon legend major miss mr. mx pc private public
    receiver saint sen sens star guard model host
""")
