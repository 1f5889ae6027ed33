"""O*NET's 35 skills and 33 knowledge areas, by the identifiers of its content model.

The English names are the publisher's; the Dutch ones are our own. The question behind each item, in plain
words with five levels, belongs to the intake.
"""

from dataclasses import dataclass

from matching.taxonomy.model import SkillKind


@dataclass(frozen=True, slots=True)
class OnetItem:
    """One thing that O*NET rates every occupation on."""

    id: str
    """Element ID of the content model: "2.A.1.a"."""
    kind: SkillKind
    name: str
    """The publisher's name, as its tables write it."""
    dutch: str

    def label(self, language: str) -> str:
        """What it is called: in Dutch, or else in English."""
        return self.dutch if language == "nl" else self.name

    @property
    def labels(self) -> dict[str, str]:
        return {"en": self.name, "nl": self.dutch}


_SKILLS = """
2.A.1.a|Reading Comprehension|lezen en begrijpen
2.A.1.b|Active Listening|goed luisteren
2.A.1.c|Writing|schrijven
2.A.1.d|Speaking|spreken
2.A.1.e|Mathematics|rekenen
2.A.1.f|Science|werken met natuurwetenschap
2.A.2.a|Critical Thinking|kritisch denken
2.A.2.b|Active Learning|nieuwe dingen leren toepassen
2.A.2.c|Learning Strategies|manieren van leren kiezen
2.A.2.d|Monitoring|in de gaten houden hoe het gaat
2.B.1.a|Social Perceptiveness|anderen aanvoelen
2.B.1.b|Coordination|afstemmen met anderen
2.B.1.c|Persuasion|overtuigen
2.B.1.d|Negotiation|onderhandelen
2.B.1.e|Instructing|anderen iets leren
2.B.1.f|Service Orientation|anderen helpen
2.B.2.i|Complex Problem Solving|moeilijke problemen oplossen
2.B.3.a|Operations Analysis|uitzoeken wat een gebruiker nodig heeft
2.B.3.b|Technology Design|techniek ontwerpen of aanpassen
2.B.3.c|Equipment Selection|het juiste gereedschap kiezen
2.B.3.d|Installation|machines en programma's installeren
2.B.3.e|Programming|programmeren
2.B.3.g|Operations Monitoring|meters en machines in de gaten houden
2.B.3.h|Operation and Control|machines bedienen
2.B.3.j|Equipment Maintenance|machines onderhouden
2.B.3.k|Troubleshooting|storingen zoeken
2.B.3.l|Repairing|repareren
2.B.3.m|Quality Control Analysis|kwaliteit controleren
2.B.4.e|Judgment and Decision Making|afwegen en beslissen
2.B.4.g|Systems Analysis|begrijpen hoe een geheel werkt
2.B.4.h|Systems Evaluation|meten of een geheel goed werkt
2.B.5.a|Time Management|tijd indelen
2.B.5.b|Management of Financial Resources|geld beheren
2.B.5.c|Management of Material Resources|spullen en materiaal beheren
2.B.5.d|Management of Personnel Resources|mensen aansturen
"""
_KNOWLEDGE = """
2.C.1.a|Administration and Management|bedrijfsvoering en leidinggeven
2.C.1.b|Administrative|administratie en kantoorwerk
2.C.1.c|Economics and Accounting|economie en boekhouden
2.C.1.d|Sales and Marketing|verkoop en marketing
2.C.1.e|Customer and Personal Service|klanten en dienstverlening
2.C.1.f|Personnel and Human Resources|personeelszaken
2.C.2.a|Production and Processing|productie en verwerking
2.C.2.b|Food Production|voedsel verbouwen en maken
2.C.3.a|Computers and Electronics|computers en elektronica
2.C.3.b|Engineering and Technology|techniek en technologie
2.C.3.c|Design|ontwerpen en tekeningen
2.C.3.d|Building and Construction|bouw
2.C.3.e|Mechanical|machines en gereedschap
2.C.4.a|Mathematics|wiskunde
2.C.4.b|Physics|natuurkunde
2.C.4.c|Chemistry|scheikunde
2.C.4.d|Biology|biologie
2.C.4.e|Psychology|psychologie
2.C.4.f|Sociology and Anthropology|samenleving en culturen
2.C.4.g|Geography|aardrijkskunde
2.C.5.a|Medicine and Dentistry|geneeskunde en tandheelkunde
2.C.5.b|Therapy and Counseling|behandelen en begeleiden
2.C.6|Education and Training|onderwijs en training
2.C.7.a|English Language|de taal van het land (bij O*NET: Engels)
2.C.7.b|Foreign Language|vreemde talen
2.C.7.c|Fine Arts|kunst
2.C.7.d|History and Archeology|geschiedenis en archeologie
2.C.7.e|Philosophy and Theology|filosofie en geloof
2.C.8.a|Public Safety and Security|veiligheid en beveiliging
2.C.8.b|Law and Government|recht en overheid
2.C.9.a|Telecommunications|telecommunicatie
2.C.9.b|Communications and Media|media en communicatie
2.C.10|Transportation|vervoer
"""


def _read(rows: str, kind: SkillKind) -> tuple[OnetItem, ...]:
    cells = (row.split("|") for row in rows.split("\n") if row)
    return tuple(OnetItem(element, kind, name, dutch) for element, name, dutch in cells)


SKILLS = _read(_SKILLS, SkillKind.SKILL)
KNOWLEDGE = _read(_KNOWLEDGE, SkillKind.KNOWLEDGE)
ITEMS = SKILLS + KNOWLEDGE
"""The 68 items in the order of every occupation's numbers."""
