"""One Open Badge with every property that its schema and VC Data Model 2.0 know (B.1 and B.2 of the standard)."""

from typing import Any

from passport.credentials.build import endorsement_credential
from passport.json import JsonObject
from tests.simulators.parties import ESCO, NOW, Party, status_entry

ISSUED_AS = (
    "/issuer/id",
    "/credentialSubject/id",
    "/id",
    "/validFrom",
    "/validUntil",
    "/awardedDate",
    "/credentialSubject/activityStartDate",
    "/credentialSubject/activityEndDate",
    "/credentialSubject/achievement/resultDescription/*/resultType",
    "/credentialStatus",
    "/credentialSchema",
    "/relatedResource",
    "/endorsement",
    "/evidence/*/id",
    "/credentialSubject/achievement/alignment/*/targetUrl",
    "/issuer/dateOfBirth",
    "/credentialSubject/source/dateOfBirth",
    "/credentialSubject/achievement/creator/dateOfBirth",
    "/issuer/address/geo",
    "/evidence/*/genre",
    "/issuer/image/id",
    "/credentialSubject/image/id",
    "/credentialSubject/source/image/id",
    "/credentialSubject/achievement/image/id",
    "/credentialSubject/achievement/creator/image/id",
)
"""What a badge with another value there would be refused for, or would be no badge of this person."""
ALIGNED = {
    "type": ["Alignment"],
    "targetType": "ext:ESCOSkill",
    "targetFramework": "ESCO",
    "targetCode": "S1",
}


def aligned(name: str) -> JsonObject:
    return {
        **ALIGNED,
        "targetUrl": f"{ESCO}{name}",
        "targetName": f"Skill {name}",
        "targetDescription": "What it is to have it.",
    }


def profile(identifier: str, *, parent: bool = True) -> JsonObject:
    """A Profile with all of its properties (B.1.19)."""
    made: dict[str, Any] = {
        "id": identifier,
        "type": ["Profile"],
        "name": "A school",
        "url": "https://school.example/",
        "phone": "+31 10 000 00 00",
        "description": "It teaches.",
        "image": {"id": "https://school.example/logo.png", "type": "Image", "caption": "Its sign"},
        "email": "office@school.example",
        "address": {
            "type": ["Address"],
            "addressCountry": "Netherlands",
            "addressCountryCode": "NL",
            "addressRegion": "South",
            "addressLocality": "Town",
            "streetAddress": "Street 1",
            "postOfficeBoxNumber": "7",
            "postalCode": "1000 AA",
        },
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifier": "123456", "identifierType": "ext:brin"}
        ],
        "official": "The director",
        "familyName": "Of the school",
        "givenName": "Director",
        "additionalName": "More",
        "patronymicName": "Patronymic",
        "honorificPrefix": "Dr",
        "honorificSuffix": "MSc",
        "familyNamePrefix": "of",
    }
    return made | ({"parentOrg": profile("https://parent.example/", parent=False)} if parent else {})


def full_badge(school: Party, worker: str, *, status: str = "") -> JsonObject:
    """Unsigned; `status` is the address of a list, where there is one."""
    endorser = Party("Another one")
    endorsement = endorsement_credential(
        credential_id="urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b99",
        name="An endorsement",
        issuer=endorser.profile,
        subject_id="https://school.example/achievements/full",
        valid_from=NOW,
        comment="They do it well.",
    )
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b12",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": [
            {"@value": "Lassen", "@language": "nl"},
            {"@value": "Welding", "@language": "en", "@direction": "ltr"},
        ],
        "description": {"@value": "Wat het is", "@language": "nl"},
        "image": {"id": "https://school.example/badge.png", "type": "Image", "caption": "A torch"},
        "issuer": profile(school.did),
        "validFrom": "2026-11-01T00:00:00Z",
        "validUntil": "2029-11-01T00:00:00Z",
        "awardedDate": "2026-11-01T00:00:00Z",
        "credentialSubject": {
            "id": worker,
            "type": ["AchievementSubject"],
            "activityStartDate": "2025-09-01T00:00:00Z",
            "activityEndDate": "2026-06-01T00:00:00Z",
            "creditsEarned": 5,
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "hashed": False,
                    "identityHash": "A worker",
                    "salt": "salt",
                }
            ],
            "image": {"id": "https://school.example/subject.png", "type": "Image", "caption": "A picture"},
            "licenseNumber": "L-1",
            "narrative": "How they did it.",
            "role": "welder",
            "term": "Autumn",
            "source": profile("https://assessor.example/"),
            "result": [
                {
                    "type": ["Result"],
                    "resultDescription": "urn:uuid:r1",
                    "status": "Completed",
                    "value": "8",
                    "achievedLevel": "urn:uuid:l1",
                    "alignment": [aligned("result")],
                }
            ],
            "achievement": {
                "id": "https://school.example/achievements/full",
                "type": ["Achievement"],
                "achievementType": "MicroCredential",
                "alignment": [aligned("weld"), aligned("cut")],
                "creator": profile("https://creator.example/"),
                "creditsAvailable": 10,
                "criteria": {"id": "https://school.example/criteria", "narrative": "What had to be shown."},
                "description": "What was achieved.",
                "fieldOfStudy": "Metal",
                "humanCode": "W-2",
                "image": {"id": "https://school.example/a.png", "type": "Image", "caption": "A drawing"},
                "inLanguage": "nl",
                "name": "An achievement",
                "otherIdentifier": [
                    {"type": "IdentifierEntry", "identifier": "c-1", "identifierType": "identifier"}
                ],
                "related": [
                    {
                        "id": "https://school.example/related",
                        "type": ["Related"],
                        "inLanguage": "en",
                        "version": "1",
                    }
                ],
                "resultDescription": [
                    {
                        "id": "urn:uuid:r1",
                        "type": ["ResultDescription"],
                        "name": "Grade",
                        "resultType": "LetterGrade",
                        "allowedValue": ["8", "9"],
                        "requiredLevel": "urn:uuid:l1",
                        "requiredValue": "8",
                        "valueMax": "10",
                        "valueMin": "1",
                        "alignment": [aligned("grade")],
                        "rubricCriterionLevel": [
                            {
                                "id": "urn:uuid:l1",
                                "type": ["RubricCriterionLevel"],
                                "name": "Good",
                                "level": "4",
                                "points": "8",
                                "description": "Well done",
                                "alignment": [aligned("level")],
                            }
                        ],
                    }
                ],
                "specialization": "MIG",
                "tag": ["metal", "fire"],
                "version": "2",
            },
        },
        "evidence": [
            {
                "id": "https://school.example/evidence/1",
                "type": ["Evidence"],
                "narrative": "Four hours.",
                "name": "Test piece",
                "description": "A piece of steel",
                "genre": "examination",
                "audience": "Assessors",
            },
            {"type": ["Evidence"], "name": "A talk", "genre": "of another kind", "narrative": "An hour."},
        ],
        "credentialSchema": [
            {
                "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
                "type": "1EdTechJsonSchemaValidator2019",
            }
        ],
        "refreshService": {"id": "https://school.example/refresh", "type": "1EdTechCredentialRefresh"},
        "termsOfUse": [{"id": "https://school.example/terms", "type": "TermsOfUse"}],
        "relatedResource": [
            {
                "id": "https://school.example/evidence/1",
                "digestMultibase": "uEiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "mediaType": "image/png",
            }
        ],
        "endorsement": [endorser.sign(endorsement)],
        **({"credentialStatus": status_entry(status, 7)} if status else {}),
    }
