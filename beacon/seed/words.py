"""Words from which made-up people, places and crimes are put together. Nobody here is real."""

from __future__ import annotations

from dataclasses import dataclass

from beacon.entitlements.terms import EnhancedGround


@dataclass(frozen=True)
class Background:
    """Names that go together, with the ethnicity codes (domain.md 2.4) and the language."""

    weight: int
    codes: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    language: str = "English"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


BACKGROUNDS: tuple[Background, ...] = (
    Background(
        58,
        ("W1", "W1", "W1", "NS"),
        _words(
            "Alison Barbara Carol Chloe Deborah Eleanor Emma Fiona Gemma Hannah Heather Irene "
            "Jacqueline Jean Joanne Judith Karen Laura Lesley Margaret Megan Natalie Olivia "
            "Pauline Rachel Ruth Sandra Sophie Sylvia Tracey Valerie Wendy"
        ),
        _words(
            "Adam Alan Andrew Barry Callum Christopher Colin Craig Daniel Derek Edward Frank "
            "Gareth Geoffrey Graham Harry Ian Jack Keith Kevin Lee Martin Nigel Oliver Paul "
            "Raymond Roger Simon Stuart Terence Trevor Wayne"
        ),
        _words(
            "Abbott Barker Bishop Brewer Carter Clarke Cooper Dawson Dixon Ellis Fisher Foster "
            "Gibson Goddard Hale Harper Hewitt Holloway Hopkins Kemp Lambert Lawson Marsh Mills "
            "Nash Osborne Parsons Payne Pritchard Reeves Sharpe Stokes Thorne Turner Wainwright "
            "Webster Whittaker Wilkins Yates"
        ),
    ),
    Background(
        5,
        ("W2", "W3"),
        _words("Aoife Bridget Ciara Maeve Niamh Orla Sinead"),
        _words("Cormac Declan Eoin Liam Padraig Ronan Seamus"),
        _words("Brennan Byrne Doherty Gallagher Kavanagh Nolan O'Neill Quinn"),
    ),
    Background(
        8,
        ("W9",),
        _words("Agnieszka Ewa Ioana Katarzyna Magdalena Oksana Viktoria"),
        _words("Andrei Bogdan Jakub Marek Piotr Stefan Tomasz"),
        _words("Kowalczyk Lewandowski Nowak Popescu Szymański Wójcik Zieliński"),
        "Polish",
    ),
    Background(
        8,
        ("A1", "A1", "A9"),
        _words("Anjali Deepa Harpreet Kavita Meera Priya Sunita"),
        _words("Arjun Gurpreet Jaswinder Nikhil Rajesh Sanjay Vikram"),
        _words("Bhatt Chauhan Desai Gill Mistry Patel Sandhu Sharma Singh"),
        "Punjabi",
    ),
    Background(
        7,
        ("A2", "A3"),
        _words("Amina Farah Nasreen Rukhsana Sadia Shazia Zainab"),
        _words("Abdul Bilal Farhan Imran Kamran Tariq Yusuf"),
        _words("Ahmed Akhtar Begum Chowdhury Hussain Iqbal Khan Malik Rahman"),
        "Urdu",
    ),
    Background(
        6,
        ("B2", "B2", "B9"),
        _words("Abena Adaeze Chidinma Folasade Grace Ngozi Wanjiru"),
        _words("Chukwudi Emeka Kofi Kwame Olumide Samuel Tendai"),
        _words("Adeyemi Afolabi Asante Boateng Mensah Mwangi Ndlovu Okafor Osei"),
    ),
    Background(
        4,
        ("B1", "M1"),
        _words("Beverley Charmaine Cherelle Marcia Monique Shanice Yvonne"),
        _words("Delroy Errol Jermaine Leroy Marlon Tyrone Winston"),
        _words("Campbell Francis Gayle Grant Lewin Morrison Pinnock"),
    ),
    Background(
        3,
        ("A4", "O1"),
        _words("Hui Jing Li-Ying Mei Wai-Ling Xin Yan"),
        _words("Chun Jun Kai Ming Wei Wing-Kit Zhi"),
        _words("Chan Cheung Lam Li Ng Wong Zhang"),
        "Cantonese",
    ),
    Background(
        3,
        ("O2", "O9"),
        _words("Dilan Fatima Layla Leila Maryam Noor Rania"),
        _words("Ali Hamid Karim Mehmet Omar Reza Samir"),
        _words("Al-Hassan Demir Farouk Haddad Karimi Nasser Yilmaz"),
        "Arabic",
    ),
    Background(
        4,
        ("M2", "M3", "M9"),
        _words("Ayesha Jade Leah Maya Naomi Sienna Tara"),
        _words("Ashton Dominic Jordan Kieran Leon Nathan Zach"),
        _words("Barrett Fernandes Hamilton Lopez Pereira Rowe Silva"),
    ),
)

# The ten districts with the team that works there, and towns with their postcode areas.
DISTRICTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Broxbourne": ("North", ("EN8", "EN10", "EN11")),
    "East Hertfordshire": ("North", ("SG12", "SG13", "CM23")),
    "North Hertfordshire": ("North", ("SG4", "SG5", "SG6")),
    "Stevenage": ("North", ("SG1", "SG2")),
    "Welwyn Hatfield": ("North", ("AL7", "AL8", "AL10")),
    "Dacorum": ("South", ("HP1", "HP2", "HP4")),
    "Hertsmere": ("South", ("WD6", "WD23", "EN6")),
    "St Albans": ("South", ("AL1", "AL3", "AL5")),
    "Three Rivers": ("South", ("WD3", "WD5")),
    "Watford": ("South", ("WD17", "WD18", "WD24")),
}
POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
STREETS = tuple(
    f"{name} {kind}"
    for name in _words("Alder Beech Bluebell Chalk Drovers Fallow Garnet Heron Kestrel Linden")
    for kind in ("Road", "Close", "Avenue", "Lane", "Court", "Way")
)
PLACES = (
    "a car park near the station", "the High Street", "a bus stop", "a front garden",
    "the town centre", "a block of flats", "a supermarket", "a park", "home", "at work",
)  # fmt: skip


@dataclass(frozen=True)
class Offence:
    """An offence as the police write it, and what the feed marks beside it."""

    weight: int
    title: str
    code: str
    flag: str = ""
    ground: EnhancedGround | None = None


OFFENCES: tuple[Offence, ...] = (
    Offence(12, "Burglary in a dwelling", "28E"),
    Offence(10, "Theft from a vehicle", "45"),
    Offence(5, "Theft of a motor vehicle", "48"),
    Offence(8, "Criminal damage to a vehicle", "58C"),
    Offence(9, "Common assault", "105A"),
    Offence(8, "Assault occasioning actual bodily harm", "8N"),
    Offence(5, "Robbery of personal property", "34B"),
    Offence(5, "Theft from the person", "39"),
    Offence(5, "Public fear, alarm or distress", "9A"),
    Offence(3, "Anti-social use of a vehicle", "802", "repeat_victim",
            EnhancedGround.PERSISTENTLY_TARGETED),
    Offence(6, "Assault by a partner", "105A", "domestic_abuse", EnhancedGround.DOMESTIC_ABUSE),
    Offence(4, "Controlling or coercive behaviour", "8U", "domestic_abuse",
            EnhancedGround.DOMESTIC_ABUSE),
    Offence(3, "Racially aggravated harassment", "8M", "hate_strand", EnhancedGround.HATE_CRIME),
    Offence(3, "Stalking involving fear of violence", "8Q", "repeat_victim",
            EnhancedGround.PERSISTENTLY_TARGETED),
    Offence(3, "Grievous bodily harm with intent", "5D", "most_serious",
            EnhancedGround.WOUNDING_WITH_INTENT),
    Offence(2, "Sexual assault on a female aged 13 and over", "20A", "sexual_offence",
            EnhancedGround.SEXUAL_OFFENCE),
    Offence(2, "Threats to kill", "3B", "intimidated", EnhancedGround.INTIMIDATED),
    Offence(1, "Causing death by dangerous driving", "4.4", "bereaved", EnhancedGround.BEREAVED),
)  # fmt: skip

# Words that a person may have said of how to reach them; a case with domestic abuse has one.
CAREFUL = (
    "Ring between 10am and 2pm on weekdays only. If a man answers, say wrong number and hang up.",
    "Partner reads post and e-mail. Never write. Ask first whether it is a good time to talk.",
    "Leave no voicemail. Say that you ring from the dentist if somebody else answers.",
    "Reach through her sister first. The phone is shared with the person complained of.",
    "Only on the work number, never in the evening. Children may answer.",
)
NOTES = (
    "Talked through what happens next and who will be in touch.",
    "Worried about going out after dark; agreed to talk again next week.",
    "Locks changed; a crime prevention visit was asked for.",
    "Sleeping better. Has spoken with the doctor.",
    "Would like to hear by telephone, mornings.",
    "Asked about a Victim Personal Statement; leaflet sent.",
    "Interested in restorative justice, later perhaps.",
    "Nobody answered. Will try again tomorrow.",
)
CLOSING = (
    "Needs met. Knows how to come back to us.",
    "Did not wish further support; information sent.",
    "Court case over, outcome explained, support complete.",
    "Moved away; handed over to the service there with consent.",
)


@dataclass(frozen=True)
class Fraud:
    """A type of fraud as the list writes it, how it is usually paid, and how much, in pounds."""

    weight: int
    title: str
    code: str
    methods: tuple[str, ...]
    least: int
    most: int


FRAUDS: tuple[Fraud, ...] = (
    Fraud(6, "Dating scam", "NFIB1D", ("faster_payment", "international", "gift_card"), 900,
          45_000),
    Fraud(6, "Other financial investment", "NFIB2E", ("faster_payment", "crypto"), 2_500, 80_000),
    Fraud(9, "Online shopping and auctions", "NFIB3A", ("card_debit", "card_credit"), 80, 2_400),
    Fraud(5, "Door to door sales and bogus tradesmen", "NFIB3C", ("cash", "cheque"), 300, 9_000),
    Fraud(5, "Computer software service fraud", "NFIB3E", ("faster_payment", "card_debit"), 200,
          8_000),
    Fraud(4, "Other advance fee frauds", "NFIB1H", ("faster_payment",), 150, 4_000),
    Fraud(2, "Fraud recovery", "NFIB1E", ("crypto", "faster_payment"), 500, 6_000),
    Fraud(3, "Ticket fraud", "NFIB3F", ("card_credit", "card_debit"), 120, 1_200),
    Fraud(2, "Mandate fraud", "NFIB5D", ("chaps", "faster_payment"), 3_000, 60_000),
)  # fmt: skip
BANKS = (
    "Northfield Bank", "Lea Valley Savings", "Chiltern Mutual", "Ermine Street Bank",
    "Ver and Colne Building Society", "Icknield Card Company", "Rib Digital",
)  # fmt: skip
PARTNERS = ("Hightown Refuge", "Safer Homes Trust")
PARTNER_REASONS = (
    "Came to our drop-in and asked for support after an incident at home.",
    "Neighbour dispute that frightens her; has not told the police.",
    "Wants help with the locks and somebody to talk to.",
    "Referred by the housing officer after damage to the front door.",
)
LANGUAGES_OF_COURT = ("Polish", "Romanian", "Urdu")
# For passwords: plain words that are easily read out over a telephone.
PASSWORD_WORDS = _words(
    "acorn amber anchor apricot atlas badge bamboo barley basket birch bottle bramble bridge "
    "butter button candle canvas carrot castle cedar cherry cinder clover cobalt copper cotton "
    "crayon cricket crystal daisy dragon drum eagle ember engine falcon feather fiddle forest "
    "garden ginger glacier goblet gravel hammer hazel helmet hollow honey indigo ivory jacket "
    "jigsaw juniper kettle ladder lantern lemon linen magnet marble meadow mirror mustard nectar "
    "needle nutmeg ocean olive orchard otter oxygen paddle panda parsley pebble pepper pigeon "
    "planet pocket prism pumpkin puzzle quartz rabbit raisin ribbon river rocket saddle saffron "
    "salmon sandal shadow silver sparrow spider spruce squirrel stable sugar sunset table tiger "
    "timber toffee trumpet tulip tunnel turnip velvet violet walnut window winter yellow zebra"
)
