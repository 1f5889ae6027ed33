"""A learner at our page: they prove who they are, choose what this wallet gets, and agree or refuse.

Whether an address is known is never told: a code is asked for in the same words and the same time, and goes
to the address as the school wrote it.
"""

import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta

from issuer.audit.records import AuditEvent
from issuer.authorization import letters
from issuer.authorization.errors import NoOfferChosen, VisitOver
from issuer.authorization.grants import digest
from issuer.authorization.limits import AUTHORIZATION
from issuer.authorization.records import Authorization, Proof, Stage
from issuer.authorization.tokens import check_transaction_code
from issuer.issuance.forms import configuration_ids
from issuer.learners.errors import TooManyLearnerCodes, WrongLearnerCode, WrongPickupCode
from issuer.learners.limits import LEARNER
from issuer.learners.mailbox import mailbox_digest, open_mailbox
from issuer.learners.records import AskedCodes
from issuer.learners.unseen import a_while
from issuer.mail.address import Address
from issuer.offers.make import state_of
from issuer.offers.records import Offer, OfferGrant
from issuer.organisations.records import Organisation
from issuer.service import Service
from passport.errors.oauth import AccessDenied, InvalidGrant, OAuthError
from passport.oauth.authorization_response import authorization_response
from passport.oauth.redirect_uri import check_redirect_uri

_WAITING = frozenset({"open", "redeemed"})


async def ask_code(service: Service, visit: Authorization, address: Address) -> tuple[Authorization, str]:
    """Note whose mailbox is to be proved, and make a code for it; the former one ends.

    Returns:
        the visit, and the code that `mail_code` sends where the mailbox is known.

    Raises:
        TooManyLearnerCodes: in this visit, or for this mailbox today.
        VisitOver
    """
    now = service.clock()
    mailbox = mailbox_digest(service.master, visit.organisation, address)
    if visit.codes >= LEARNER.codes:
        raise TooManyLearnerCodes
    if await AskedCodes.add(visit.organisation, mailbox, now) > LEARNER.codes_a_day:
        raise TooManyLearnerCodes
    code = str(secrets.randbelow(10**LEARNER.code_digits)).zfill(LEARNER.code_digits)
    changed = await visit.change(
        Stage.OPEN,
        {
            "mailbox": mailbox,
            "mail_code": _code_digest(service, visit, code),
            "mail_code_until": now + timedelta(seconds=LEARNER.code_lifetime),
            "tries_left": LEARNER.code_tries,
            "codes": visit.codes + 1,
        },
        where={"codes": visit.codes},
    )
    if changed is None:
        raise VisitOver
    return changed, code


async def mail_code(service: Service, visit: Authorization, code: str) -> None:
    """Send the code, where an open offer bears the mailbox; after the page was answered, so nobody sees."""
    await a_while()
    assert visit.mailbox is not None
    known = await _theirs(service, visit, visit.mailbox)
    if not known:
        return
    offer = known[0]
    assert offer.learner_sealed is not None  # it was found by its digest, and both are written together
    organisation = await Organisation.find_or_fail(visit.organisation)
    to = open_mailbox(service.master, visit.organisation, offer.id, offer.learner_sealed)
    letter = letters.mailbox_code(
        to, organisation=organisation.name, code=code, minutes=LEARNER.code_lifetime // 60
    )
    await service.mailer.queue(letter, key=f"authorization {visit.id} code {visit.codes}")


async def check_mail_code(service: Service, visit: Authorization, code: str) -> Authorization:
    """Take the code from the mail.

    Raises:
        WrongLearnerCode: wrong, too old, tried too often, or never sent. A right one is used up.
    """
    kept = await visit.take_try(service.clock())
    if kept is None or not hmac.compare_digest(kept, _code_digest(service, visit, code)):
        raise WrongLearnerCode
    proved = await visit.change(
        Stage.OPEN,
        {
            "stage": Stage.PROVED.value,
            "proof": Proof.MAILBOX.value,
            "mail_code": None,
            "tries_left": 0,
        },
        where={"mail_code": kept},
    )
    if proved is None:
        raise WrongLearnerCode
    return proved


async def check_pickup_code(service: Service, visit: Authorization, code: str) -> Authorization:
    """Take the transaction code of the offer that the wallet came for; its five tries are those of the offer.

    Raises:
        WrongPickupCode, VisitOver
    """
    offer = await named_offer(service, visit)
    if offer is None or not offer.tx_code:
        raise WrongPickupCode
    try:
        await check_transaction_code(service, offer, code)
    except InvalidGrant:
        raise WrongPickupCode from None
    proved = await visit.change(
        Stage.OPEN, {"stage": Stage.PROVED.value, "proof": Proof.PICKUP_CODE.value, "mailbox": None}
    )
    if proved is None:
        raise VisitOver
    return proved


async def named_offer(service: Service, visit: Authorization) -> Offer | None:
    """The offer that the wallet came for, if it can be had here still."""
    if visit.offer is None:
        return None
    offer = await Offer.get(visit.offer)
    return offer if offer is not None and _can_be_had(service, visit, offer) else None


async def choices(service: Service, visit: Authorization) -> list[Offer]:
    """What whoever proved themselves may give this wallet: the offer that they came for, or all of theirs."""
    if visit.proof is Proof.PICKUP_CODE:
        named = await named_offer(service, visit)
        return [] if named is None else [named]
    return [] if visit.mailbox is None else await _theirs(service, visit, visit.mailbox)


async def _theirs(service: Service, visit: Authorization, mailbox: bytes) -> list[Offer]:
    found = await Offer.of_learner(visit.organisation, mailbox, LEARNER.offers)
    return [
        offer
        for offer in found
        if (visit.offer is None or offer.id == visit.offer) and _can_be_had(service, visit, offer)
    ]


def _can_be_had(service: Service, visit: Authorization, offer: Offer) -> bool:
    if offer.organisation != visit.organisation or OfferGrant.AUTHORIZATION not in offer.grants:
        return False
    if visit.wanted and not set(visit.wanted) & set(configuration_ids(offer.achievement)):
        return False
    return state_of(offer, service.clock()) in _WAITING


async def agree(service: Service, visit: Authorization, offer_ids: Sequence[str]) -> str:
    """Give the wallet a code for what was chosen.

    Returns:
        Where the person goes back to.

    Raises:
        NoOfferChosen: none of what was chosen is theirs still.
        VisitOver: it was answered before.
    """
    now = service.clock()
    chosen = [offer.id for offer in await choices(service, visit) if offer.id in set(offer_ids)]
    if not chosen:
        raise NoOfferChosen
    code = f"{visit.id}.{secrets.token_urlsafe(32)}"
    until = now + timedelta(seconds=AUTHORIZATION.code_lifetime)
    values = {
        "stage": Stage.GRANTED.value,
        "chosen": chosen,
        "code": digest(code),
        "code_until": until,
    }
    if await visit.change(Stage.PROVED, values) is None:
        raise VisitOver
    for offer_id in chosen:
        await AuditEvent.of(visit.organisation, now, "holder", "offer.agree", offer_id).write()
    return _back(service, visit, code)


async def refuse(service: Service, visit: Authorization) -> str:
    """Give the wallet nothing; where the person goes back to. Raises VisitOver."""
    for stage in (Stage.OPEN, Stage.PROVED):
        if await visit.change(stage, {"stage": Stage.REFUSED.value}) is not None:
            return _back(service, visit, AccessDenied())
    raise VisitOver


def _back(service: Service, visit: Authorization, answer: str | OAuthError) -> str:
    return authorization_response(
        check_redirect_uri(visit.redirect_uri),
        issuer=service.addresses.issuer(visit.organisation),
        state=visit.state,
        answer=answer,
    )


def _code_digest(service: Service, visit: Authorization, code: str) -> bytes:
    """Keyed, and of this visit: the store alone does not tell a code, and no other visit's fits."""
    return service.master.code("learner-code", visit.id, code)
