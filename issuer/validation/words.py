"""Words that go into signed documents, in the organisation's language: nobody can translate them later."""

from dataclasses import dataclass

RUBRICS = {
    "nl": ("met hulp", "zelfstandig", "zelfstandig, ook als het moeilijk is", "leert het anderen"),
    "en": ("with help", "independently", "independently, also when it is difficult", "teaches others"),
}
"""The levels of the usual rubric, from the lowest."""


@dataclass(frozen=True, slots=True)
class Words:
    name: str
    description: str
    criteria: str
    result: str
    report: str
    independent: str
    not_independent: str
    own_file: str
    claim: str
    confirmation: str
    credential: str


WORDS = {
    "nl": Words(
        name="Erkende vaardigheden",
        description="Vaardigheden die een assessor heeft beoordeeld: {skills}.",
        criteria="Zes stappen: voorbereiding, vaststellen wie iemand is, bewijs verzamelen, beoordeling door "
        "een assessor met vaste niveaus, certificering en nazorg.",
        result="Niveau: {skill}",
        report="Verslag van de beoordeling",
        independent="De assessor verklaart: ik ben niet de houder. Ik ben geen werkgever, leidinggevende of "
        "begeleider van de houder, en ik werk ook niet voor de werkgever van de houder.",
        not_independent="De assessor verklaart zich niet onafhankelijk van de houder.",
        own_file="Stuk van de assessor",
        claim="Eigen verklaring van de houder",
        confirmation="Bevestiging door een ander",
        credential="Bewijs van een ander",
    ),
    "en": Words(
        name="Recognised skills",
        description="Skills that an assessor has judged: {skills}.",
        criteria="Six steps: preparation, identification of the person, collecting evidence, an "
        "assessment by an assessor with fixed levels, certification and aftercare.",
        result="Level: {skill}",
        report="Report of the assessment",
        independent="The assessor declares: I am not the holder. I am no employer, supervisor or adviser of "
        "the holder, and I do not work for the holder's employer.",
        not_independent="The assessor does not declare to be independent of the holder.",
        own_file="Document of the assessor",
        claim="The holder's own claim",
        confirmation="Confirmation by somebody else",
        credential="Credential from somebody else",
    ),
}
