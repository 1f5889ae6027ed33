"""Answering a request by OpenID4VP: the one place where it makes something leave, and only after a yes."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from passport import limits
from passport.credentials.enveloped import is_enveloped
from passport.documents import Documents
from passport.json import JsonObject
from passport.openid4vp.dcql_match import JWT_VC, LDP_VC
from passport.openid4vp.request_parameters import AuthorizationRequest
from passport.openid4vp.response_write import (
    Presentation,
    jwt_presentation,
    ldp_presentation,
    write_vp_error,
    write_vp_response,
)
from passport.sd_jwt import parse, present, unfold
from passport.sd_jwt.pointers import write_pointer
from passport.securing import read_secured
from passport.x509 import Certificates
from wallet.core.journal import Way, journal_records
from wallet.core.openid4vp_consent import VpConsent, VpLeaving, vp_consent
from wallet.core.openid4vp_copies import SpareCopies
from wallet.core.openid4vp_holdings import FORMAT
from wallet.core.openid4vp_plan import Choices
from wallet.core.openid4vp_requests import closed_vp_request, vp_request
from wallet.core.present import skills_in
from wallet.core.requests import State
from wallet.core.shelf import holder_for
from wallet.core.wallet import Wallet
from wallet.errors import ConsentChanged, NothingToShow

_LIFETIME = timedelta(seconds=limits.TIME.presentation_lifetime)


@dataclass(frozen=True, slots=True)
class VpAnswer:
    """A signed answer, or a no, and where it goes."""

    response_uri: str
    body: bytes = field(repr=False)
    host: str
    consent: VpConsent | None = None


def approve_vp(
    wallet: Wallet,
    identifier: str,
    *,
    documents: Documents,
    certificates: Certificates,
    choices: Choices,
    mark: str | None = None,
) -> VpAnswer:
    """The person agrees. Signs the answer; the journal has it before it can leave.

    1. the request still holds at this moment and was not answered
    2. what would leave is computed anew and is what the person saw (`mark`)
    3. each credential is shown by the key that it is bound to, for this nonce and this client only; where
       there are copies of it, one of those, which is gone after it
    4. journal and request are written in one revision; then the answer is handed out

    Raises:
        UnknownRequest, RequestClosed, ConsentChanged, NothingToShow, NoHolderKey, SuiteNotTaken,
        NoKeyToEncryptFor, VaultNotSaved: nothing left the wallet.
        RequestRefused, Invalid, Indeterminate: the request no longer holds.
    """
    # 1
    found = vp_request(wallet, identifier, documents=documents, certificates=certificates)
    # 2
    agreed = vp_consent(wallet, found, choices)
    if mark is not None and mark != agreed.mark:
        raise ConsentChanged
    if not agreed.can_be_answered:
        raise NothingToShow
    # 3
    request = found.verified.request
    copies = SpareCopies(wallet, request)
    vp_token: dict[str, list[Presentation]] = {}
    for one in agreed.leaving:
        vp_token.setdefault(one.query, []).append(_presentation(wallet, request, one, copies))
    for query, confirmed in agreed.confirming:
        vp_token.setdefault(query, []).append(_bare(confirmed.document))
    body = write_vp_response(request, vp_token)
    # 4
    leaving = [one.disclosed for one in agreed.leaving]
    wallet.save(
        {
            **closed_vp_request(wallet, identifier, State.ANSWERED),
            **journal_records(
                wallet,
                Way.OPENID4VP,
                asker=str(request.client_id),
                host=found.host,
                credentials=sorted(
                    {one.kept.id for one in leaving} | {one.kept.id for _, one in agreed.confirming}
                ),
                skills=skills_in(leaving),
                purpose=None if agreed.profile is None else agreed.profile.purpose,
                refused=sorted({*choices.refused, *(f"{query} {claim}" for query, claim in choices.without)}),
                copies=copies.copied,
            ),
        },
        copies.spent,
    )
    return VpAnswer(request.response_uri, body, found.host, agreed)


def refuse_vp(
    wallet: Wallet, identifier: str, *, documents: Documents, certificates: Certificates, tell: bool = False
) -> VpAnswer | None:
    """The person refuses. Nothing is sent unless the person wants the asker to know: then `access_denied`.

    Raises:
        UnknownRequest, RequestClosed, VaultNotSaved
        RequestRefused, Invalid, Indeterminate: the request no longer holds.
    """
    found = vp_request(wallet, identifier, documents=documents, certificates=certificates)
    request = found.verified.request
    wallet.save(
        {
            **closed_vp_request(wallet, identifier, State.REFUSED),
            **journal_records(wallet, Way.REFUSED, asker=str(request.client_id), host=found.host),
        }
    )
    return (
        VpAnswer(request.response_uri, write_vp_error(request, "access_denied"), found.host) if tell else None
    )


def _presentation(
    wallet: Wallet, request: AuthorizationRequest, one: VpLeaving, copies: SpareCopies
) -> Presentation:
    """Signed by the key that the credential is bound to; where no proof is asked, the credential alone."""
    now = wallet.now().replace(microsecond=0)
    document, format_name = one.disclosed.document, FORMAT[one.disclosed.form]
    if not one.bound:
        return _bare(document)
    if format_name == LDP_VC:
        return _ldp(wallet, request, one, now)
    token = read_secured(document).source.decode("ascii")
    if format_name == JWT_VC:
        holder = holder_for(wallet, one.kept)
        return jwt_presentation(
            token,
            request=request,
            holder=holder.did,
            verification_method=holder.verification_method,
            signer=holder.signer,
            presentation_id=_new_id(wallet),
            now=now,
            expires=now + _LIFETIME,
        )
    holder, token = copies.instead_of(one.disclosed) or (holder_for(wallet, one.kept), token)
    return present(
        token,
        pointers=[write_pointer(place) for place in unfold(parse(token)).placed],
        holder=holder.signer,
        nonce=request.nonce,
        audience=str(request.client_id),
        now=now,
    )


def _bare(document: JsonObject) -> Presentation:
    """As it is: JSON, or the token that an envelope holds."""
    return read_secured(document).source.decode("ascii") if is_enveloped(document) else document


def _ldp(wallet: Wallet, request: AuthorizationRequest, one: VpLeaving, now: datetime) -> JsonObject:
    holder = holder_for(wallet, one.kept)
    return ldp_presentation(
        one.disclosed.document,
        request=request,
        holder=holder.did,
        verification_method=holder.verification_method,
        signer=holder.signer,
        presentation_id=_new_id(wallet),
        now=now,
        expires=now + _LIFETIME,
    )


def _new_id(wallet: Wallet) -> str:
    return f"urn:uuid:{uuid.UUID(bytes=wallet.random(16), version=4)}"
