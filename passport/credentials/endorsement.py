"""Endorsement: somebody confirms a claim, a skill or an organisation (Open Badges 3.0, section B.1.6)."""

from dataclasses import dataclass

from passport import limits
from passport.credentials.credential import shared_members
from passport.credentials.reading import mapping, optional_text, types, url
from passport.credentials.verifiable_credential import (
    VerifiableCredential,
    parse_verifiable_credential,
    read_document,
)
from passport.credentials.vocabulary import ENDORSEMENT_CREDENTIAL
from passport.errors.credentials import NotAnEndorsement
from passport.json import JsonObject


@dataclass(frozen=True, slots=True)
class Endorsement(VerifiableCredential):
    """A parsed endorsement. `subject_id` names what is endorsed; `related_resources` bind it by digest."""

    subject_id: str
    comment: str | None


def parse_endorsement(source: bytes | JsonObject) -> Endorsement:
    """Read an EndorsementCredential; raises as parse_credential, and NotAnEndorsement."""
    document, text = read_document(source, limits.CREDENTIAL)
    base = parse_verifiable_credential(document, text)
    if ENDORSEMENT_CREDENTIAL not in base.types:
        raise NotAnEndorsement
    subject = mapping(document, "credentialSubject")
    types(subject, "EndorsementSubject")
    return Endorsement(
        **shared_members(base),
        subject_id=url(subject, "id"),
        comment=optional_text(subject, "endorsementComment"),
    )
