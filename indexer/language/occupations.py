"""Occupations and walks of life: what anybody may be called before a name ("stonemason Ada Finch") or by itself ("the
headteacher said")."""

from __future__ import annotations

OCCUPATIONS = frozenset("""
    abbess accordionist accountant acolyte acrobat actuary acupuncturist addict adventurer agnostic airman airwoman
    alumnus anaesthetist anesthesiologist angler announcer anthropologist antiquarian appellant apprentice arborist
    archaeologist arsonist astrologer astrophysicist atheist auctioneer audiologist auditor aviator backpacker bagpiper
    balloonist bandleader bandmaster bandmate barkeep barkeeper barmaid baroness baronet barrister batsman beachcomber
    beautician beekeeper beggar bellringer benefactor beneficiary biathlete biker binman biochemist biographer
    birdwatcher boatbuilder bookbinder bookie bookkeeper bookmaker bookseller bootlegger bosun botanist brakeman
    bricklayer bridegroom bridesmaid bridgekeeper brigadier bullfighter bursar busboy cabinetmaker cabman calligrapher
    campaigner cardiologist cardsharp caregiver carer caretaker caricaturist cartographer cashier caterer cattleman
    centenarian ceramicist chambermaid chaplain charwoman chauffeur cheesemaker cheesemonger chieftain childminder
    chiropractor chocolatier choirmaster chorister churchwarden cidermaker claimant clairvoyant clarinettist classicist
    climatologist climber clown clubmate coastguard cobbler codebreaker complainant confectioner congregant conman
    copywriter cosmologist cosmonaut costermonger counterfeiter coworker coxswain cricketer criminologist crofter
    croupier cryptographer curate curator dairyman daytripper deaconess deckhand defector defenceman demographer
    dermatologist deserter diarist dissident distiller docker doorkeeper draftsman dramatist draughtsman dressmaker
    driller dropout drover druid drunkard dustman econometrician egyptologist emigrant engraver entomologist
    epidemiologist essayist etcher ethnographer examiner executor expat exterminator farmhand farmworker ferryman
    financier fishmonger fishwife flasher flautist folklorist footballer forger fraudster freelancer fresher freshman
    frontwoman furrier gambler gamekeeper gamer gaoler gasman gatecrasher gatekeeper genealogist geneticist geographer
    ghostwriter glaciologist glassblower goalscorer godparent governess grammarian grandad granny gravedigger
    greengrocer greenkeeper grocer groper groundskeeper groundsman grower guardsman guerrilla gynaecologist
    gynecologist hairdresser handyman harbormaster harbourmaster harpist haulier headmaster headmistress headteacher
    healer heir helmsman heraldist herbalist heretic hermit herpetologist hijacker hillwalker hitchhiker hobo
    holidaymaker homemaker homeopath homesteader honeymooner hooligan horsewoman hotelier housebreaker househusband
    housekeeper housemaid housewife humanist hurdler hustler hydrologist hypnotist ichthyologist illusionist
    immunologist industrialist infantryman influencer innkeeper insurgent intern interpreter intruder invigilator
    ironmonger jailer jeweler jeweller jobseeker juggler juror keyboardist kidnapper knacker knitter laborer labourer
    landlady landscaper lecturer lexicographer librettist lifeboatman linesman linguist lithographer litigant
    lockkeeper locksmith logician longshoreman looter lumberjack lyricist machinist madam magician magistrate maid
    maitre maltster manicurist masseur masseuse matador mathematician medievalist memoirist mercenary merrymaker
    microbiologist midwife migrant milkman molester moneylender mountaineer mourner musicologist naturist navvy
    netballer netminder neurologist neuroscientist newsagent newsreader nonagenarian notary nudist numismatist
    nurseryman oarsman obstetrician oceanographer oilman ombudsman oncologist optician optometrist organist orienteer
    ornithologist orthopaedist osteopath paediatrician palaeontologist paleontologist pallbearer palmist parachutist
    paralegal paratrooper parishioner parolee partygoer pawnbroker peddler pedlar pensioner percussionist
    pharmacologist philanthropist philatelist physiotherapist pickpocket pimp plasterer poacher podiatrist polyglot
    postdoc postman postmaster postmistress postwoman preacher presenter proofreader prowler publican puppeteer
    quarryman quilter quizmaster radiologist railwayman rambler rancher ratcatcher receptionist refugee registrar
    retiree reveler reveller rheumatologist ringleader rioter roadie roofer salesman salesperson saleswoman scaremonger
    schoolboy schoolchild schoolgirl schoolmaster schoolmistress schoolteacher scorer screenwriter seamstress
    seismologist selector seminarian septuagenarian sexagenarian sheepfarmer shipbuilder shipmate shipowner shopkeeper
    shoplifter signalman signwriter skier skydiver slaughterman smallholder smuggler snowboarder solicitor soloist
    sonneteer spinster sportscaster spy stablehand stablemate stagehand stallholder stationmaster stenographer
    stevedore stewardess stockbroker stonemason storekeeper storyteller streaker subeditor submariner suffragette
    sunbather superfan surfer surveyor sysadmin tattooist teetotaller telegraphist televangelist theologian tiktoker
    toastmaster toddler tollkeeper topographer tormentor trainee trainspotter translator traveler traveller trawlerman
    trespasser trombonist truant trucker trustee typesetter typist undergraduate undertaker underwriter urologist
    vagrant valedictorian valet valuer ventriloquist verger vicar vintner virologist viscount viscountess volcanologist
    waitperson warehouseman watchmaker weathergirl webmaster whistleblower wicketkeeper winemaker woodsman worshipper
    yachtsman youtuber zookeeper
""".split())

# Those that are surnames as well.
OCCUPATIONS_AND_SURNAMES = frozenset("""
    bailiff barber barman blacksmith boatman brewer busker butcher cadet canon carpenter clerk coachman farmer
    farrier footman foreman forester friar gardener glazier goldsmith heckler herder horseman joiner merchant
    milliner pilot plumber rector saddler silversmith skipper steward stockman tailor trainer tutor usher warden
    warder welder
""".split())
