"""Prepare: everything about a credential is decided and checked before anything is recorded or signed."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from issuer.achievements.records import AchievementRecord
from issuer.addresses import Addresses
from issuer.errors import SubjectNotSupported
from issuer.evidence.records import EvidenceFile
from issuer.issuance.claims import BuiltOn, Claims, NewEvidence
from issuer.issuance.copies import settled, status_entries
from issuer.issuance.records import Issuance
from issuer.issuance.sealed import UNSIGNED, seal
from issuer.organisations.records import Organisation
from issuer.secrets import MasterSecret
from passport.credentials import parse_credential
from passport.credentials.build import achievement_credential
from passport.dids import resolve_did
from passport.documents import DocumentCache
from passport.errors import Indeterminate, Invalid
from passport.json import JsonObject, dump


@dataclass(frozen=True, slots=True)
class Order:
    """A credential that is wanted: what, for whom, and what asked for it."""

    id: str
    """See Issuance.id."""
    organisation: Organisation
    achievement: AchievementRecord
    claims: Claims
    subject: str
    """The holder; of several keys the first."""
    files: Mapping[str, EvidenceFile]
    request: str
    account: str
    offer: str | None = None
    batch: str | None = None
    others: Sequence[str] = ()
    """Further keys of the same wallet, each of which gets a copy."""


def check_subject(subject: str) -> str:
    """The holder's DID, which must hold its own key: nothing is fetched to issue to it.

    Raises:
        SubjectNotSupported
    """
    try:
        resolve_did(subject, DocumentCache())
    except (Invalid, Indeterminate):
        raise SubjectNotSupported from None
    return subject


def whole_seconds(moment: datetime) -> datetime:
    """A token tells a moment in whole seconds, and all forms of a credential say the same."""
    return moment.replace(microsecond=0)


def prepare(
    order: Order,
    *,
    addresses: Addresses,
    master: MasterSecret,
    status_indexes: Sequence[int],
    now: datetime,
) -> Issuance:
    """Build and lint the unsigned credential, and the record that will stand for it.

    Of the places in the status lists the first is its own, the others are of its copies.

    Raises:
        Invalid: it would not be a readable badge.
    """
    slug, claims = order.organisation.id, order.claims
    status_index, *of_copies = status_indexes
    unsigned = achievement_credential(
        credential_id=uuid.UUID(hex=order.id).urn,
        issuer=_profile(order.organisation),
        subject_id=order.subject,
        achievement=order.achievement.document,
        valid_from=whole_seconds(claims.valid_from or now),
        valid_until=None if claims.valid_until is None else whole_seconds(claims.valid_until),
        evidence=[
            *(_evidence(item, addresses, slug) for item in claims.evidence),
            *(_credential_record(item) for item in claims.builds_on or ()),
        ],
        related_resources=[
            *_related(claims, order.files, addresses, slug),
            *(_bound_credential(item) for item in claims.builds_on or ()),
        ],
        status=status_entries(addresses, slug, status_index, suspendable=order.achievement.suspendable),
        results=[item.members() for item in claims.result],
        role=claims.role,
        activity_start=claims.activity_start_date,
        activity_end=claims.activity_end_date,
        source=None if claims.source is None else claims.source.members(),
        license_number=claims.license_number,
    )
    parse_credential(unsigned)
    return Issuance(
        id=order.id,
        organisation=slug,
        achievement=order.achievement.id,
        subject=order.subject,
        status_index=status_index,
        suspendable=order.achievement.suspendable,
        copies=settled(order.others, of_copies),
        license_number=claims.license_number,
        valid_until=claims.valid_until,
        evidence=claims.files,
        offer=order.offer,
        batch=order.batch,
        request=order.request,
        account=order.account,
        unsigned=seal(master, slug, order.id, UNSIGNED, dump(unsigned)),
        recorded_at=now,
    )


def _profile(organisation: Organisation) -> JsonObject:
    profile: JsonObject = {"id": organisation.did, "type": ["Profile"], "name": organisation.name}
    if organisation.url is not None:
        profile["url"] = organisation.url
    return profile


def _evidence(item: NewEvidence, addresses: Addresses, slug: str) -> JsonObject:
    members = item.members()
    file = members.pop("file", None)
    named: JsonObject = {} if file is None else {"id": addresses.evidence(slug, file)}
    return {**named, "type": ["Evidence"], **members}


def _related(
    claims: Claims, files: Mapping[str, EvidenceFile], addresses: Addresses, slug: str
) -> list[JsonObject]:
    """Each file once, though two pieces of evidence may rest on it (VC 2.0, section 5.3)."""
    return [
        {
            "id": addresses.evidence(slug, file),
            "digestMultibase": files[file].digest_multibase,
            "mediaType": files[file].media_type,
        }
        for file in dict.fromkeys(claims.files)
    ]


def _credential_record(item: BuiltOn) -> JsonObject:
    """A credential that the badge builds on, as evidence under its own id."""
    members = item.members()
    return {
        "type": ["Evidence"],
        **{name: members[name] for name in ("id", "name", "genre") if name in members},
    }


def _bound_credential(item: BuiltOn) -> JsonObject:
    return {"id": item.id, "digestMultibase": item.digest_multibase, "mediaType": item.media_type}
