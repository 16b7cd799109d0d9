"""Nicknames: given names and the short forms that people go by; who types one finds who is printed under the other."""

from __future__ import annotations

from collections import defaultdict

# Each given name with its short forms; a short form may belong to several.
_SHORT_FORMS = """
    abigail abby        abraham abe          albert al bert       alexander alex al sandy   alexandra alex sandra lexi
    alfred al fred      amanda mandy         andrew andy drew     anthony tony              antonio tony
    arthur art artie    barbara barb babs    benjamin ben benny   bernard bernie            bernadette bernie
    bradley brad        calvin cal           carolyn carol        catherine cathy kate cat  katherine kathy kate katie
    kathleen kathy      charles charlie chuck chas                charlotte charlie lottie  christina chris tina
    christine chris     christopher chris kit                     clifford cliff            constance connie
    cynthia cindy       daniel dan danny     danielle dani        david dave davey          deborah deb debbie
    dennis denny        donald don donnie    dorothy dot dottie   douglas doug              edgar ed
    edmund ed ned       edward ed eddie ted ned                   edwin ed eddie            eleanor ellie nora
    elizabeth liz beth betty eliza lisa libby                     emanuel manny             emily em
    eugene gene         evelyn evie          florence flo         frances fran              francis frank
    franklin frank      frederick fred freddie freddy             gabriel gabe              gabrielle gabby
    geoffrey geoff jeff george georgie       gerald gerry jerry   gerard gerry              gilbert gil
    gregory greg        harold hal harry     harriet hattie       helen nell                henry hank harry
    herbert herb        howard howie         irving irv           isaac ike                 jacob jake
    jacqueline jackie   james jim jimmy jamie                     janet jan                 jeffrey jeff
    jennifer jen jenny  jeremy jerry         jerome jerry         jessica jess jessie       joan joanie
    john johnny jack    jonathan jon         joseph joe joey      josephine josie jo        joshua josh
    judith judy         julia julie          kenneth ken kenny    kimberly kim              lawrence larry
    laurence larry      leonard len lenny leo                     leonardo leo              leslie les
    lewis lew lou       lillian lily         louis lou louie      louise lou                lucille lucy
    madeline maddie     manuel manny         margaret maggie meg peggy marge                marjorie marge
    martin marty        mary molly polly     matthew matt         maurice moe               maximilian max
    megan meg           melissa missy mel    melvin mel           michael mike mick mickey mikey
    michelle shelly     mitchell mitch       mohammed mo          montgomery monty          nancy nan
    natalie nat         nathan nate          nathaniel nate nat   nicholas nick nicky       nicole nikki
    norman norm         oliver ollie         pamela pam           patricia pat patty trish tricia
    patrick pat paddy   penelope penny       peter pete           philip phil               phillip phil
    rachel rae          randall randy        randolph randy       raymond ray               rebecca becky becca
    reginald reggie     richard rick rich dick ricky              robert bob rob bobby robbie bert
    roberta bobbie      roderick rod         rodney rod           roger rog                 roland rollie
    ronald ron ronnie   rosemary rose        rudolph rudy         russell russ              ruth ruthie
    samantha sam        samuel sam sammy     sandra sandy         santiago santi            sarah sally
    sebastian seb       seymour sy           sharon shari         sidney sid                simon si
    solomon sol         stanley stan         stephanie steph      stephen steve             steven steve
    stuart stu          susan sue susie      sylvester sly        sylvia syl                tabitha tabby
    teresa terry tess   terence terry        terrence terry       thaddeus thad ted         theodore ted teddy theo
    theresa terry tess  thomas tom tommy     timothy tim timmy    tobias toby               valerie val
    vanessa nessa       veronica ronnie      victor vic           victoria vicky tori       vincent vince vinny
    virginia ginny      vivian viv           walter walt wally    wilfred will fred
    wilhelmina mina     william bill will billy willie liam       winifred winnie           winston win
    yolanda yoli        zachary zach zack    alexandria alex      cyrus cy                  jeremiah jerry
    letitia tish        nicolas nic nick     sanford sandy
"""


def _table() -> dict[str, frozenset[str]]:
    """For each form of a given name the other forms that may be meant."""
    others: defaultdict[str, set[str]] = defaultdict(set)
    for line in _SHORT_FORMS.splitlines():
        for group in filter(None, line.strip().split("  ")):
            names = group.split()
            for name in names:
                others[name].update(each for each in names if each != name)
    return {name: frozenset(found) for name, found in others.items()}


OTHER_FORMS = _table()
