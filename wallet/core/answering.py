"""Answering a request: the one place where something leaves the wallet for an asker, and only after a yes."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from matching.taxonomy.compact import Taxonomy
from passport.documents import Documents
from passport.json import JsonObject
from passport.openid4vc.presentation_submission import build_presentation_submission
from wallet.core.consent import Consent, Leaving, LeavingEndorsement, consent
from wallet.core.journal import Way, journal_records
from wallet.core.present import sign_presentation, skills_in
from wallet.core.requests import State, closed_record, open_request, still_open
from wallet.core.wallet import Wallet
from wallet.errors import ConsentChanged, NothingToShow, RequestClosed


@dataclass(frozen=True, slots=True)
class Response:
    """A signed answer, and where the asker wants it."""

    consent: Consent
    presentation: bytes = field(repr=False)
    submission: JsonObject = field(repr=False)
    """Which of the credentials meets which demand (DIF Presentation Exchange 2.0): goes beside the answer."""
    response_uri: str | None


def approve(
    wallet: Wallet,
    identifier: str,
    documents: Documents,
    taxonomy: Taxonomy,
    *,
    refused: Collection[str] = (),
    mark: str | None = None,
) -> Response:
    """The person agrees. Signs the answer to the challenge; the journal has it before it can leave.

    1. the request still holds at this moment and was not answered
    2. what would leave is computed anew and is what the person saw (`mark`)
    3. signed for this challenge and this asker only
    4. journal and request are written in one revision; then the answer is handed out

    Raises:
        UnknownRequest, RequestClosed, RequestNotGenuine, ConsentChanged, NothingToShow, NoHolderKey,
        VaultNotSaved: nothing left the wallet.
    """
    # 1
    found = still_open(wallet, identifier, documents)
    # 2
    agreed = consent(wallet, found, taxonomy, refused=refused)
    if mark is not None and mark != agreed.mark:
        raise ConsentChanged
    if not agreed.leaving:
        raise NothingToShow
    leaving = [one.disclosed for one in agreed.leaving]
    # 3
    request = found.request
    signed = sign_presentation(
        wallet,
        leaving,
        challenge=request.challenge,
        domain=request.domain,
        endorsements=[one.document for one in agreed.confirming],
    )
    # 4
    wallet.save(
        {
            **closed_record(wallet, identifier, State.ANSWERED),
            **journal_records(
                wallet,
                Way.ANSWERED,
                asker=request.verifier,
                host=found.host,
                purpose=request.purpose,
                credentials=[
                    *(one.kept.id for one in leaving),
                    *(one.kept.id for one in agreed.confirming),
                ],
                skills=skills_in(leaving),
                refused=sorted(refused),
            ),
        }
    )
    return Response(agreed, signed, _submission(wallet, agreed, request.id), request.response_uri)


def _submission(wallet: Wallet, agreed: Consent, request: str) -> JsonObject:
    """What the asker would find out anyway, so that it can be held against what the person was told."""
    leaving: list[Leaving | LeavingEndorsement] = [*agreed.leaving, *agreed.confirming]
    places = {one.credential_id: place for place, one in enumerate(leaving)}
    return build_presentation_submission(
        submission_id=str(uuid.UUID(bytes=wallet.random(16), version=4)),
        definition_id=request,
        hints={
            result.demand.skill: tuple(places[each] for each in proof)
            for result, proof in zip(agreed.results, agreed.proofs, strict=True)
            if proof
        },
        formats=[one.format for one in leaving],
    )


def refuse(wallet: Wallet, identifier: str) -> None:
    """The person refuses. Nothing is sent, not even the refusal; the journal has it for the person.

    Raises:
        UnknownRequest, RequestClosed.
    """
    found = open_request(wallet, identifier)
    if found.state is not State.OPEN:
        raise RequestClosed
    wallet.save(
        {
            **closed_record(wallet, identifier, State.REFUSED),
            **journal_records(
                wallet,
                Way.REFUSED,
                asker=found.request.verifier,
                host=found.host,
                purpose=found.request.purpose,
            ),
        }
    )
