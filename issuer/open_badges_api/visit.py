"""A learner at our page, where a program asks for their badges: who they are, what it gets, yes or no.

The mailbox is proved as for a wallet (issuer.authorization.visit). These visits have a collection of their
own: a code of one kind is never one of the other.
"""

import secrets
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import ClassVar

from issuer.audit.records import AuditEvent
from issuer.authorization import letters
from issuer.authorization.errors import VisitOver
from issuer.authorization.grants import AccessGrant, digest
from issuer.authorization.limits import AUTHORIZATION
from issuer.authorization.records import Authorization, Stage
from issuer.learners.limits import LEARNER
from issuer.learners.mailbox import open_mailbox
from issuer.learners.unseen import a_while
from issuer.offers.records import Offer
from issuer.open_badges_api.clients import BadgeClient
from issuer.open_badges_api.description import SCOPES, root_of
from issuer.open_badges_api.errors import NothingAllowed
from issuer.open_badges_api.limits import BADGE_PROVIDER
from issuer.organisations.records import Organisation
from issuer.service import Service
from passport.errors.oauth import AccessDenied, OAuthError
from passport.oauth.authorization_request import parse_authorization_request
from passport.oauth.authorization_response import authorization_response
from passport.oauth.redirect_uri import check_redirect_uri
from passport.open_badges_api.scopes import OFFLINE_ACCESS


class BadgeVisit(Authorization):
    client_name: str
    """As the program calls itself."""

    class Settings:
        name = "badge_visits"
        indexes: ClassVar = ["expires_at"]


async def begin(
    service: Service, slug: str, members: Sequence[tuple[str, str]], *, networks: Sequence[str]
) -> tuple[BadgeVisit, str]:
    """Begin a visit; nobody is sent back before the address to go back to is known for the program's own.

    Returns:
        the visit at its first page, and the secret of the browser that came.

    Raises:
        OAuthError: malformed, without PKCE, of no program that registered here, for another address, or for
            more than it registered for.
        TooManyPermissionsBegun: counted together with what wallets begin.
    """
    now, secret = service.clock(), secrets.token_urlsafe(32)
    request = parse_authorization_request(members)
    client = await BadgeClient.find_or_fail(slug, request.client_id)
    redirect = client.redirect_uri(request.redirect_uri)
    visit = BadgeVisit(
        id=secrets.token_hex(16),
        organisation=slug,
        stage=Stage.OPEN,
        client_id=client.id,
        client_name=client.name,
        redirect_uri=redirect.text,
        code_challenge=request.code_challenge,
        state=request.state,
        scope=client.scope_of(request.scope),
        created_at=now,
        expires_at=now + timedelta(seconds=AUTHORIZATION.visit),
        browser=service.master.code("browser", secret),
    )
    service.begun.count(slug, networks, now)
    await visit.insert()
    return visit, secret


async def mail_code(service: Service, visit: Authorization, code: str) -> None:
    """Send the code where the mailbox is on any offer of this organisation, taken or not; nobody sees."""
    await a_while()
    assert visit.mailbox is not None
    offer = await an_offer_of(visit.organisation, visit.mailbox)
    if offer is None or offer.learner_sealed is None:
        return
    organisation = await Organisation.find_or_fail(visit.organisation)
    to = open_mailbox(service.master, visit.organisation, offer.id, offer.learner_sealed)
    letter = letters.mailbox_code(
        to, organisation=organisation.name, code=code, minutes=LEARNER.code_lifetime // 60
    )
    await service.mailer.queue(letter, key=f"badges {visit.id} code {visit.codes}")


async def an_offer_of(slug: str, learner: bytes) -> Offer | None:
    return await Offer.find_one({"learner": learner, "organisation": slug})


async def agree(service: Service, visit: BadgeVisit, ticked: Collection[str]) -> str:
    """Give the program a code for what was ticked.

    Returns:
        Where the person goes back to.

    Raises:
        NothingAllowed: nothing was ticked that it could read.
        VisitOver: it was answered before.
    """
    now = service.clock()
    allowed = [scope for scope in visit.scope if scope in SCOPES and scope in ticked]
    if not set(allowed) - {OFFLINE_ACCESS}:
        raise NothingAllowed
    code = f"{visit.id}.{secrets.token_urlsafe(32)}"
    values = {
        "stage": Stage.GRANTED.value,
        "scope": allowed,
        "code": digest(code),
        "code_until": now + timedelta(seconds=AUTHORIZATION.code_lifetime),
    }
    if await visit.change(Stage.PROVED, values) is None:
        raise VisitOver
    client = await BadgeClient.find_or_fail(visit.organisation, visit.client_id)
    await client.note_use(now)  # from here on no flood of registrations pushes it out
    await AuditEvent.of(visit.organisation, now, "holder", "badges.agree", visit.client_id).write()
    return _back(service, visit, code)


async def refuse(service: Service, visit: BadgeVisit) -> str:
    """Give it nothing; where the person goes back to. Raises VisitOver."""
    for stage in (Stage.OPEN, Stage.PROVED):
        if await visit.change(stage, {"stage": Stage.REFUSED.value}) is not None:
            return _back(service, visit, AccessDenied())
    raise VisitOver


async def permissions(service: Service, visit: BadgeVisit) -> list[tuple[AccessGrant, str]]:
    """The programs that may read this learner's badges still, with the names that they call themselves."""
    if visit.mailbox is None or visit.stage is not Stage.PROVED:
        return []
    now = service.clock()
    theirs = await AccessGrant.find({"learner": visit.mailbox, "organisation": visit.organisation}).to_list()
    grants = [grant for grant in theirs if grant.ended_at is None and (grant.refresh_until or now) > now]
    grants = sorted(grants, key=lambda grant: grant.created_at, reverse=True)[: BADGE_PROVIDER.programs]
    clients = await BadgeClient.find({"_id": {"$in": [grant.client_id for grant in grants]}}).to_list()
    names = {client.id: client.name for client in clients}
    return [(grant, names[grant.client_id]) for grant in grants if grant.client_id in names]


async def end_permission(service: Service, visit: BadgeVisit, grant_id: str) -> None:
    """The learner takes a permission back; what is not theirs stays as it is."""
    for grant, _ in await permissions(service, visit):
        if grant.id == grant_id:
            now = service.clock()
            await AuditEvent.of(
                visit.organisation, now, "holder", "badges.end", grant.client_id or ""
            ).write()
            await AccessGrant.end(grant.id, now)


def _back(service: Service, visit: BadgeVisit, answer: str | OAuthError) -> str:
    return authorization_response(
        check_redirect_uri(visit.redirect_uri),
        issuer=root_of(service, visit.organisation),
        state=visit.state,
        answer=answer,
    )
