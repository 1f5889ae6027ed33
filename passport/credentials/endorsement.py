"""Endorsement: somebody confirms a claim, a skill or an organisation (Open Badges 3.0, section B.1.6)."""

from dataclasses import dataclass
from datetime import datetime

from passport import limits
from passport.credentials.credential import shared_members
from passport.credentials.evidence import Evidence, parse_evidence
from passport.credentials.form import Form
from passport.credentials.reading import mapping, objects, optional_moment, optional_text, types, url
from passport.credentials.verifiable_credential import (
    VerifiableCredential,
    parse_verifiable_credential,
    read_document,
)
from passport.credentials.vocabulary import ENDORSEMENT_CREDENTIAL, OPEN_BADGE_TYPES
from passport.errors.credentials import NotAnEndorsement
from passport.json import JsonObject


@dataclass(frozen=True, slots=True)
class Endorsement(VerifiableCredential):
    """A parsed endorsement. Parsed is not verified.

    `subject_id` names what is endorsed: a skill, a credential, an achievement, an organisation.
    `related_resources` bind by digest what it builds on, and the records of `evidence` (VC Data Model 2.0,
    sections 5.3 and 5.7).
    """

    subject_id: str
    comment: str | None
    evidence: tuple[Evidence, ...]
    awarded_date: datetime | None


def parse_endorsement(source: bytes | JsonObject) -> Endorsement:
    """Read an EndorsementCredential; raises as parse_credential, and NotAnEndorsement."""
    return endorsement_of(*read_document(source, limits.CREDENTIAL))


def endorsement_of(document: JsonObject, source: bytes, form: Form = Form.LDP_VC) -> Endorsement:
    """The endorsement that a document is, whatever form it came in; raises as `parse_endorsement`."""
    base = parse_verifiable_credential(document, source, form)
    if ENDORSEMENT_CREDENTIAL not in base.types or not OPEN_BADGE_TYPES.isdisjoint(base.types):
        raise NotAnEndorsement
    subject = mapping(document, "credentialSubject")
    types(subject, "EndorsementSubject")
    return Endorsement(
        **shared_members(base),
        subject_id=url(subject, "id"),
        comment=optional_text(subject, "endorsementComment"),
        evidence=objects(document, "evidence", parse_evidence, limits.DOCUMENT.evidence),
        awarded_date=optional_moment(document, "awardedDate"),
    )


def is_endorsement(document: JsonObject) -> bool:
    """Whether a document says that it is an endorsement, and no badge."""
    found = document.get("type")
    named = found if isinstance(found, list) else [found]
    return ENDORSEMENT_CREDENTIAL in named and not any(kind in named for kind in OPEN_BADGE_TYPES)
