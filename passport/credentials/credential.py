"""Credential: an Open Badge 3.0 AchievementCredential (section B.1.4), parsed once."""

from dataclasses import dataclass, fields
from datetime import datetime

from passport import limits
from passport.credentials.evidence import Evidence, parse_evidence
from passport.credentials.form import Form
from passport.credentials.reading import objects, optional_moment
from passport.credentials.subject import AchievementSubject, parse_subject
from passport.credentials.verifiable_credential import (
    VerifiableCredential,
    parse_verifiable_credential,
    read_document,
)
from passport.credentials.vocabulary import OPEN_BADGE_TYPES, OPEN_BADGES_VERSIONS
from passport.errors.credentials import MissingMember, NotAnOpenBadge, WrongContext
from passport.json import JsonObject


@dataclass(frozen=True, slots=True)
class Credential(VerifiableCredential):
    """A parsed badge. Parsed is not verified: `passport.verification` makes a VerifiedCredential of it."""

    subject: AchievementSubject
    evidence: tuple[Evidence, ...]
    awarded_date: datetime | None


def parse_credential(source: bytes | JsonObject) -> Credential:
    """Read an Open Badge 3.0.

    Args:
        source: the JSON text, or the object of one.

    Raises:
        Invalid: one of `passport.errors.credentials` or `passport.errors.parsing`, for the first rule broken.
    """
    return credential_of(*read_document(source, limits.CREDENTIAL))


def credential_of(document: JsonObject, source: bytes, form: Form = Form.LDP_VC) -> Credential:
    """The badge that a document is, whatever form it came in; raises as `parse_credential`."""
    base = parse_verifiable_credential(document, source, form)
    if OPEN_BADGE_TYPES.isdisjoint(base.types):
        raise NotAnOpenBadge
    if OPEN_BADGES_VERSIONS.isdisjoint(base.contexts):
        raise WrongContext
    if base.valid_from is None:
        raise MissingMember(member="validFrom")
    return Credential(
        **shared_members(base),
        subject=parse_subject(document),
        evidence=objects(document, "evidence", parse_evidence, limits.DOCUMENT.evidence),
        awarded_date=optional_moment(document, "awardedDate"),
    )


def shared_members(base: VerifiableCredential) -> JsonObject:
    """The members of the base as keyword arguments for a kind of credential."""
    return {field.name: getattr(base, field.name) for field in fields(VerifiableCredential)}
