"""The VC API as the public suites call it: one set of endpoints for each slot, and a DID resolver."""

import asyncio
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from passport import limits
from passport.conformance import did_resolution, implementation
from passport.conformance.issuing import derived, issue, present
from passport.conformance.profile import Profile
from passport.conformance.slots import Slot
from passport.conformance.verifying import Verifier
from passport.documents import Documents, NotFetched
from passport.errors.conformance import NotForThisSuite
from passport.errors.web import MalformedRequest
from passport.json import JsonObject, dump, parse_object
from passport.web import document_body
from passport.web.vc_api import Options, VcApiRoute, read_body, verified

public = APIRouter(route_class=VcApiRoute)
slots = APIRouter(prefix="/{suite}/{key}", route_class=VcApiRoute)
_CREDENTIAL, _PRESENTATION = "credential", "presentation"
_VERIFIABLE_CREDENTIAL, _VERIFIABLE_PRESENTATION = "verifiableCredential", "verifiablePresentation"
_Source = Annotated[bytes, document_body()]
_LargeSource = Annotated[bytes, document_body(most=limits.PRESENTATION.size)]


def _profile(request: Request) -> Profile:
    found: Profile = request.app.state.profile
    return found


ProfileOf = Annotated[Profile, Depends(_profile)]


def _slot(profile: ProfileOf, suite: str, key: str) -> Slot:
    return profile.slot(suite, key)


SlotOf = Annotated[Slot, Depends(_slot)]


@slots.post("/credentials/issue", status_code=201)
async def issue_credential(profile: ProfileOf, slot: SlotOf, source: _Source) -> JsonObject:
    """Sign a credential, whoever it names as its issuer."""
    body = read_body(source, _CREDENTIAL)
    credential = profile.status_list.entry(body.subject) if slot.with_status else body.subject
    secured = await asyncio.to_thread(
        issue,
        credential,
        slot,
        contexts=profile.contexts,
        held=profile.held,
        now=profile.clock(),
        mandatory_pointers=body.options.mandatory_pointers,
    )
    return {_VERIFIABLE_CREDENTIAL: secured}


@slots.post("/credentials/derive", status_code=201)
async def derive_credential(profile: ProfileOf, slot: SlotOf, source: _Source) -> JsonObject:
    """Show a part of a credential with a base proof."""
    body = read_body(source, _VERIFIABLE_CREDENTIAL)
    shown = await asyncio.to_thread(
        derived,
        body.subject,
        slot,
        contexts=profile.contexts,
        selective_pointers=body.options.selective_pointers,
    )
    return {_VERIFIABLE_CREDENTIAL: shown}


@slots.post("/credentials/verify")
async def verify_credential(profile: ProfileOf, slot: SlotOf, source: _Source) -> JsonObject:
    """Verify the data model and the proof of a credential, and not whose key it is."""
    body = read_body(source, _VERIFIABLE_CREDENTIAL)
    await _verify(profile, slot, lambda verifier: verifier.credential(body.subject, body.options))
    return verified(document=body.subject, checks=["proof", *body.options.checks])


@slots.post("/presentations/verify")
async def verify_presentation(profile: ProfileOf, slot: SlotOf, source: _LargeSource) -> JsonObject:
    """Verify the data model and the proofs of a presentation, and not whose keys they are."""
    body = read_body(source, _VERIFIABLE_PRESENTATION, limits.PRESENTATION)
    await _verify(profile, slot, lambda verifier: verifier.presentation(body.subject, body.options))
    return verified(document=body.subject, checks=["proof", *body.options.checks])


@slots.post("/presentations/prove", status_code=201)
async def prove_presentation(profile: ProfileOf, slot: SlotOf, source: _LargeSource) -> JsonObject:
    """Sign a presentation."""
    body = read_body(source, _PRESENTATION, limits.PRESENTATION)
    options: Options = body.options
    secured = await asyncio.to_thread(
        present, body.subject, slot, challenge=options.challenge, domain=options.domain, now=profile.clock()
    )
    return {_VERIFIABLE_PRESENTATION: secured}


@slots.post("/credentials/status")
async def withdraw(profile: ProfileOf, slot: SlotOf, source: _Source) -> JsonObject:
    """Withdraw a credential that was issued here with a status."""
    if not slot.with_status:
        raise NotForThisSuite
    credential_id = parse_object(source).get("credentialId")
    if not isinstance(credential_id, str):
        raise MalformedRequest(field="credentialId", rule="string")
    profile.status_list.withdraw(credential_id)
    return {}


@public.get("/status/{number}", response_class=Response)
async def status_list(profile: ProfileOf, number: int) -> Response:
    """The status list that credentials of the `bitstring` slot name."""
    fetched = await asyncio.to_thread(profile.status_list.published, profile.clock())
    return Response(fetched.body, media_type="application/vc", status_code=200 if number == 1 else 404)


@public.get("/1.0/identifiers/{did:path}", response_class=Response)
async def resolve_did(
    profile: ProfileOf,
    did: str,
    accept: Annotated[str, Header()] = "",
    option: Annotated[str, Query(alias="accept", max_length=256)] = "",
) -> Response:
    """Resolve did:key, did:jwk and did:web."""
    wanted = did_resolution.representation(option or accept)
    if not option.isascii():
        found = did_resolution.failed("INVALID_OPTIONS")
    elif wanted is None:
        found = did_resolution.failed("REPRESENTATION_NOT_SUPPORTED")
    else:
        try:
            found = await profile.with_documents(
                lambda documents: did_resolution.resolve(did, documents, wanted)
            )
        except NotFetched:
            found = did_resolution.failed("NOT_FOUND")
    return Response(dump(found.body), status_code=found.status, media_type=found.media_type)


@public.get("/implementation.json")
async def describe(profile: ProfileOf) -> JsonObject:
    """The entry for a suite's localConfig.cjs."""
    return implementation.entry(profile.slots.values(), profile.origin)


async def _verify(profile: Profile, slot: Slot, check: Callable[[Verifier], None]) -> None:
    suites = () if slot.suite is None else (slot.suite,)

    def run(documents: Documents) -> None:
        check(Verifier(suites, profile.contexts, profile.held, documents, profile.clock()))

    await profile.with_documents(run)
