"""A university abroad that gives European Digital Credentials (ELM 3), with a seal that nobody here checks.

Synthetic: no real person, school or diploma.
"""

from typing import Any

from passport.encoding import base64url_encode
from passport.json import JsonObject, dump

CONTEXTS = [
    "https://www.w3.org/2018/credentials/v1",
    "http://data.europa.eu/snb/model/context/edc-ap",
]
QUALIFICATION = "https://university.example/qualifications/welding-engineer"
WELDING = "http://data.europa.eu/esco/skill/2fcd95a4-1f9a-41cf-95a9-4701bde476b4"
TEAMWORK = "http://data.europa.eu/esco/skill/60c78287-22eb-4103-9c8c-28deaa460da0"
DIGITAL = "http://data.europa.eu/snb/dcf/u69o196gu6"


def concept(identifier: str, label: str) -> JsonObject:
    return {"id": identifier, "type": "Concept", "prefLabel": {"en": label}}


def outcome(number: int, title: str, **skills: Any) -> JsonObject:
    return {
        "id": f"urn:epass:learningOutcome:{number}",
        "type": "LearningOutcome",
        "title": {"en": title},
        **skills,
    }


def achievement(title: str = "Welding engineer", **members: Any) -> JsonObject:
    """One claim; the outcomes name two ESCO skills (one object, one list) and one of another framework."""
    return {
        "id": "urn:epass:learningAchievement:1",
        "type": "LearningAchievement",
        "title": {"en": title},
        "awardedBy": {
            "id": "urn:epass:awardingProcess:1",
            "type": "AwardingProcess",
            "awardingBody": {
                "id": "urn:epass:org:1",
                "type": "Organisation",
                "legalName": {"en": "University of Example"},
            },
            "awardingDate": "2019-07-01T00:00:00Z",
        },
        "specifiedBy": {
            "id": QUALIFICATION,
            "type": "Qualification",
            "title": {"en": title},
            "eqfLevel": concept("http://data.europa.eu/snb/eqf/5", "Level 5"),
            "creditPoint": {
                "id": "urn:epass:creditPoint:1",
                "type": "CreditPoint",
                "framework": concept("http://data.europa.eu/snb/education-credit/1", "ECTS"),
                "point": "120",
            },
            "learningOutcome": [
                outcome(1, "Joins metal", relatedESCOSkill=concept(WELDING, "welding")),
                outcome(
                    2,
                    "Works with others",
                    relatedESCOSkill=[concept(TEAMWORK, "work in teams"), concept(WELDING, "welding")],
                    relatedSkill=[concept(DIGITAL, "Developing digital content")],
                ),
            ],
        },
        **members,
    }


def european_credential(*claims: JsonObject, **members: Any) -> JsonObject:
    return {
        "@context": CONTEXTS,
        "id": "urn:credential:3ef0ac26-9a1f-41c6-871b-2b82e6709071",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": {
            "id": "urn:epass:org:1",
            "type": "Organisation",
            "legalName": {"en": "University of Example", "nl": "Voorbeelduniversiteit"},
        },
        "validFrom": "2019-07-01T00:00:00Z",
        "issuanceDate": "2019-07-01T00:00:00Z",
        "credentialSubject": {
            "id": "urn:epass:person:1",
            "type": "Person",
            "givenName": {"en": "A"},
            "familyName": {"en": "Worker"},
            "hasClaim": list(claims) or achievement(),
        },
        "displayParameter": {
            "id": "urn:epass:displayParameter:1",
            "title": {"en": "Diploma welding engineer"},
        },
        **members,
    }


def beside(document: JsonObject) -> bytes:
    """Sealed with `signatures` in the document."""
    return dump({**document, "signatures": [{"protected": "eyJhbGciOiJSUzI1NiJ9", "signature": "c2VhbA"}]})


def around(document: JsonObject, *, text: bool = False) -> bytes:
    """Sealed with the document as the payload: base64url, or as text."""
    payload = dump(document).decode() if text else base64url_encode(dump(document))
    return dump({"payload": payload, "signatures": [{"protected": "eyJ9", "signature": "c2VhbA"}]})
