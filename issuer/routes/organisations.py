"""Organisations, their accounts and their signing keys."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from issuer.achievements.requests import Iri, Name
from issuer.limits import ACCOUNTS
from issuer.organisations.manage import (
    NewOrganisation,
    add_account,
    create_organisation,
    disable_account,
    recover_owner,
    renew_key,
    revoke_signing_key,
    rotate_signing_key,
)
from issuer.organisations.records import Account, KeyState, Organisation, Role
from issuer.routes.access import (
    Owner,
    Reader,
    ServiceOf,
    bootstrap,
    once_as_operator,
    once_as_owner,
)
from passport.keys import KeyType
from passport.web import Body, strict_body
from passport.web.idempotency import IdempotentRoute

router = APIRouter(prefix="/api", route_class=IdempotentRoute)


class OrganisationBody(Body):
    slug: Annotated[
        str, Field(description="Short name, part of the DID for ever: 2 to 40 of a-z, 0-9 and -.")
    ]
    name: Name
    url: Iri | None = None


class AccountBody(Body):
    name: Name
    role: Annotated[Role, Field(strict=False)]


class AccountShown(BaseModel):
    id: str
    name: str
    role: Role
    created_at: datetime
    used_at: datetime | None = Field(description="The day on which its key was used last.")
    disabled: bool


class AccountMade(AccountShown):
    api_key: str
    """Shown now and never again."""


class KeyShown(BaseModel):
    id: str
    type: KeyType
    verification_method: str
    state: KeyState
    created_at: datetime
    retired_at: datetime | None
    revoked_at: datetime | None


class OrganisationShown(BaseModel):
    slug: str
    did: str
    name: str
    url: str | None
    credential_issuer: str
    keys: list[KeyShown]


class OrganisationMade(OrganisationShown):
    owner: AccountMade


def _account(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "name": account.name,
        "role": account.role,
        "created_at": account.created_at,
        "used_at": account.used_at,
        "disabled": account.disabled_at is not None,
    }


def _organisation(service: ServiceOf, organisation: Organisation) -> dict[str, Any]:
    return {
        "slug": organisation.id,
        "did": organisation.did,
        "name": organisation.name,
        "url": organisation.url,
        "credential_issuer": service.addresses.issuer(organisation.id),
        "keys": [
            key.model_dump(exclude={"sealed", "public_key"})
            | {"verification_method": f"{organisation.did}#{key.id}"}
            for key in organisation.keys
        ],
    }


@router.post(
    "/organisations", status_code=201, dependencies=[bootstrap, once_as_operator], tags=["organisation"]
)
async def create(
    body: Annotated[OrganisationBody, strict_body(OrganisationBody)], service: ServiceOf
) -> OrganisationMade:
    """Create an organisation with its first keys and owner. Needs the bootstrap secret."""
    organisation, owner, key = await create_organisation(
        service, NewOrganisation(body.slug, body.name, body.url)
    )
    return OrganisationMade(
        **_organisation(service, organisation), owner=AccountMade(**_account(owner), api_key=key)
    )


@router.post(
    "/organisations/{slug}/owners",
    status_code=201,
    dependencies=[bootstrap, once_as_operator],
    tags=["organisation"],
)
async def create_owner(
    slug: str, body: Annotated[AccountBody, strict_body(AccountBody)], service: ServiceOf
) -> AccountMade:
    """Make another owner when all keys are lost. Needs the bootstrap secret."""
    account, key = await recover_owner(service, slug, body.name)
    return AccountMade(**_account(account), api_key=key)


@router.get("/organisation", tags=["organisation"])
async def show(account: Reader, service: ServiceOf) -> OrganisationShown:
    """Your organisation and its signing keys."""
    organisation = await Organisation.find_or_fail(account.organisation)
    return OrganisationShown(**_organisation(service, organisation))


@router.get("/accounts", tags=["organisation"])
async def list_accounts(account: Owner) -> list[AccountShown]:
    return [
        AccountShown(**_account(item))
        for item in await Account.of_organisation(account.organisation, ACCOUNTS)
    ]


@router.post("/accounts", status_code=201, dependencies=[once_as_owner], tags=["organisation"])
async def create_account(
    account: Owner, body: Annotated[AccountBody, strict_body(AccountBody)], service: ServiceOf
) -> AccountMade:
    made, key = await add_account(service, account, body.name, body.role)
    return AccountMade(**_account(made), api_key=key)


@router.post("/accounts/{account_id}/key", dependencies=[once_as_owner], tags=["organisation"])
async def renew_account_key(account: Owner, account_id: str, service: ServiceOf) -> dict[str, str]:
    """A new API key for an account; the old one stops at once."""
    return {"id": account_id, "api_key": await renew_key(service, account, account_id)}


@router.delete("/accounts/{account_id}", status_code=204, tags=["organisation"])
async def switch_off_account(account: Owner, account_id: str, service: ServiceOf) -> Response:
    """Switch an account off; its API key stops at once."""
    await disable_account(service, account, account_id)
    return Response(status_code=204)


@router.post("/keys/rotate", status_code=201, dependencies=[once_as_owner], tags=["organisation"])
async def rotate_signing_keys(account: Owner, service: ServiceOf) -> OrganisationShown:
    """Sign with new keys from now on. The old ones stay in the DID document for what they signed."""
    return OrganisationShown(**_organisation(service, await rotate_signing_key(service, account)))


@router.post("/keys/{key_id}/revoke", tags=["organisation"])
async def revoke_key(account: Owner, key_id: str, service: ServiceOf) -> OrganisationShown:
    """For a key that leaked: nothing that it signed is accepted any more."""
    return OrganisationShown(**_organisation(service, await revoke_signing_key(service, account, key_id)))
