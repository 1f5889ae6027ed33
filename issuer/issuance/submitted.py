"""A whole credential that a program of the organisation wrote itself, to be issued as it stands (VC API).

Nothing is filled in silently: what is missing is refused. Only the status is ours to give, and it must be
asked for, so that nobody is surprised by it and everything that is signed can be withdrawn.
"""

import asyncio
import uuid

from issuer.achievements.records import AchievementRecord
from issuer.addresses import Addresses
from issuer.errors import (
    AchievementDiffers,
    CredentialIdTaken,
    IssuerIsNotTheOrganisation,
    SignedIdentifierForm,
    StatusNotAsked,
    UnknownAchievement,
)
from issuer.identifiers import request_digest
from issuer.issuance.issue import finish
from issuer.issuance.prepare import check_subject
from issuer.issuance.records import Issuance
from issuer.issuance.sealed import UNSIGNED, seal
from issuer.organisations.records import Account, Organisation
from issuer.service import Service
from issuer.status.records import StatusCounter, list_number, list_place
from passport.credentials import Credential, parse_credential, status_entry
from passport.credentials.language import LANGUAGE_MEMBERS
from passport.credentials.vocabulary import BITSTRING_ENTRY, CREDENTIALS_V2
from passport.errors.credentials import MalformedMember, WrongContext
from passport.errors.vc_api import AlreadySecured
from passport.json import JsonObject, dump
from passport.jsonld.canonical import canonicalize
from passport.status.credential import REVOCATION, SUSPENSION


async def issue_submitted(
    service: Service, account: Account, document: JsonObject, asked: JsonObject | None
) -> Issuance:
    """Record the credential, sign it and return it; again with the same document is the same credential.

    Args:
        service: what the routes work with.
        account: who sends it.
        document: an Open Badge 3.0 of the account's organisation, without proof and status.
        asked: `options.credentialStatus`.

    Raises:
        AlreadySecured, StatusNotAsked, IssuerIsNotTheOrganisation, SignedIdentifierForm: see their sentences.
        UnknownAchievement, AchievementDiffers, SubjectNotSupported: what it says of what, and of whom.
        CredentialIdTaken: its id stands for another credential.
        Invalid: it is no badge, or a part of it would not be signed.
    """
    if "proof" in document:
        raise AlreadySecured
    if "credentialStatus" in document or asked is None or asked.get("type") != BITSTRING_ENTRY:
        raise StatusNotAsked
    badge = await asyncio.to_thread(_read, document)
    organisation = await Organisation.find_or_fail(account.organisation)
    if badge.issuer.id != organisation.did:
        raise IssuerIsNotTheOrganisation
    achievement = await _achievement(service.addresses, organisation.id, badge)
    subject = check_subject(badge.subject.id or "")
    issuance_id, request = _identifier(badge.id), request_digest("vc-api", document)
    recorded = await Issuance.get(issuance_id)
    if recorded is None:
        now = service.clock()
        (index,) = await StatusCounter.reserve(organisation.id, 1, now)
        status = _status(service.addresses, organisation.id, index, suspendable=achievement.suspendable)
        recorded = await Issuance(
            id=issuance_id,
            organisation=organisation.id,
            achievement=achievement.id,
            subject=subject,
            status_index=index,
            suspendable=achievement.suspendable,
            request=request,
            account=account.id,
            unsigned=seal(
                service.master,
                organisation.id,
                issuance_id,
                UNSIGNED,
                dump({**document, "credentialStatus": status[0] if len(status) == 1 else status}),
            ),
            recorded_at=now,
        ).record()
    if recorded.organisation != organisation.id or recorded.request != request:
        raise CredentialIdTaken
    return await finish(service, recorded, organisation)


def _read(document: JsonObject) -> Credential:
    """As strictly as any verifier of ours reads it, and every part of it defined by its contexts."""
    badge = parse_credential(document)
    if badge.contexts[0] != CREDENTIALS_V2:
        raise WrongContext
    if any(moment is not None and moment.microsecond for moment in (badge.valid_from, badge.valid_until)):
        raise MalformedMember(member="validFrom")  # a token could not say the same
    for value in (document, document["issuer"]):
        if isinstance(value, dict) and any(
            not isinstance(value.get(name, ""), str) for name in LANGUAGE_MEMBERS
        ):
            raise MalformedMember(
                member="name"
            )  # read in any language; the schema of Open Badges has a string
    canonicalize(document)
    return badge


def _identifier(credential_id: str) -> str:
    """The record's id is the credential's: asked twice, it is the same record."""
    try:
        found = uuid.UUID(credential_id.removeprefix("urn:uuid:"))
    except ValueError:
        raise SignedIdentifierForm from None
    if found.urn != credential_id or found.version != 4:  # noqa: PLR2004
        raise SignedIdentifierForm
    return found.hex


async def _achievement(addresses: Addresses, slug: str, badge: Credential) -> AchievementRecord:
    """The published achievement that the badge is about, which it must repeat as it is published."""
    name = badge.subject.achievement.id.rpartition("/")[2]
    if addresses.achievement(slug, name) != badge.subject.achievement.id:
        raise UnknownAchievement
    found = await AchievementRecord.find_or_fail(slug, name)
    if badge.document["credentialSubject"]["achievement"] != found.document:
        raise AchievementDiffers
    return found


def _status(addresses: Addresses, slug: str, index: int, *, suspendable: bool) -> list[JsonObject]:
    purposes = (REVOCATION, SUSPENSION) if suspendable else (REVOCATION,)
    return [
        status_entry(
            url=addresses.status(slug, list_number(index, purpose)), index=list_place(index), purpose=purpose
        )
        for purpose in purposes
    ]
