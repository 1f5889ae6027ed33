"""From a holder's parts to the stacked credential: verify, see that the rule is met, offer it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from issuer.issuance.claims import BuiltOn, Claims
from issuer.issuance.prepare import check_subject
from issuer.limits import NAME, OFFER
from issuer.offers.codes import check_nonce
from issuer.offers.make import shown, state_of
from issuer.offers.manage import make_offer
from issuer.offers.records import Offer
from issuer.offers.used import use_nonce
from issuer.organisations.records import Account, Organisation
from issuer.service import Service
from issuer.stacking.errors import (
    PartNotChecked,
    PartsMissing,
    StackChallengeNotOurs,
    StackedAlready,
    StackNotShown,
)
from issuer.stacking.parts import parts_met
from issuer.stacking.records import Part, StackRule
from passport.answers import Answer
from passport.credentials.digest import credential_digest
from passport.credentials.enveloped import MEDIA_TYPES
from passport.errors.openid4vc import InvalidNonce
from passport.errors.storage import AlreadyUsed
from passport.json import JsonObject, canonicalize
from passport.verification import PresentationReport, VerifiedCredential

_ABOUT_CREDENTIALS = "credentials_genuine"
_WAITING = frozenset({"open", "redeemed"})


@dataclass(frozen=True, slots=True)
class Stacked:
    """What the holder gets: an offer that only the holder's key can take, and the parts it rests on."""

    offer: Offer
    link: str
    parts: tuple[JsonObject, ...]


async def stack(service: Service, slug: str, achievement_id: str, presentation: JsonObject) -> Stacked:
    """Offer the stacked credential for parts that their holder shows; the same parts give the same offer.

    Raises:
        UnknownStack
        StackChallengeNotOurs, StackNotShown: the presentation.
        PartsMissing, PartNotChecked: the parts.
        StackedAlready: it was fetched, or its offer ended.
    """
    organisation = await Organisation.find_or_fail(slug)
    rule = await StackRule.find_or_fail(slug, achievement_id)
    report = await _verified(service, organisation, presentation)
    assert report.holder is not None  # it proved to be the holder
    holder = check_subject(report.holder)
    genuine = () if report.presentation is None else report.presentation.credentials
    try:
        met = parts_met(rule, genuine)
    except PartsMissing:
        if any(each.credential is None and each.answer is Answer.CANNOT_TELL for each in report.credentials):
            raise PartNotChecked from None
        raise
    built_on = [_built_on(part, verified) for part, verified in met]
    actor = await Account.get(rule.account)
    assert actor is not None  # accounts are disabled, never deleted
    offer = await make_offer(
        service,
        actor,
        Claims.model_validate({"achievement": achievement_id, "buildsOn": built_on}),
        subject=holder,
        tx_code=False,
        expires_in=OFFER.longest,
        idempotency_key=_once(holder, achievement_id, built_on),
    )
    if state_of(offer, service.clock()) not in _WAITING:
        raise StackedAlready
    parts = tuple(
        {"id": each.id, "name": each.name, "digestMultibase": each.digest_multibase} for each in built_on
    )
    return Stacked(offer, shown(service, offer).link, parts)


async def _verified(
    service: Service, organisation: Organisation, presentation: Mapping[str, Any]
) -> PresentationReport:
    """The presentation, made by its holder for us and now; its nonce is used up, whatever is in it."""
    proof = presentation.get("proof")
    challenge = proof.get("challenge") if isinstance(proof, dict) else None
    if not isinstance(challenge, str):
        raise StackChallengeNotOurs
    now = service.clock()
    try:
        lapses = check_nonce(service.master, organisation.id, challenge, now)
    except InvalidNonce:
        raise StackChallengeNotOurs from None
    report = await service.checker.presentation(
        dict(presentation), challenge=challenge, domain=organisation.did, fresh=True
    )
    answers = [each.answer for each in report.checks if each.code != _ABOUT_CREDENTIALS]
    if not answers or any(answer is not Answer.YES for answer in answers):
        raise StackNotShown from report.error
    try:
        await use_nonce(challenge, now, lapses=lapses)
    except AlreadyUsed:
        raise StackChallengeNotOurs from None
    return report


def _once(holder: str, achievement_id: str, built_on: Sequence[BuiltOn]) -> str:
    """Names what is asked: this holder, this achievement, these parts as they were signed."""
    mark = canonicalize([holder, achievement_id, sorted(each.digest_multibase for each in built_on)])
    return f"stack {hashlib.sha256(mark).hexdigest()}"


def _built_on(part: Part, verified: VerifiedCredential) -> BuiltOn:
    credential = verified.credential
    return BuiltOn.model_validate(
        {
            "id": credential.id,
            "digestMultibase": credential_digest(credential.source),
            "mediaType": MEDIA_TYPES.get(credential.form, "application/vc"),
            "name": part.name[:NAME],
        }
    )
