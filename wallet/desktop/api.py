"""The JSON interface: the same actions as the pages, for a script on this machine."""

import base64
import binascii
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from passport import limits as shared
from passport.answers import Reason
from passport.errors import MalformedEncoding, PassportError
from passport.json import JsonObject, dump
from passport.pictures.qr import read_image
from passport.web import language_of, strict_body
from wallet.core import accept, limits
from wallet.core.claims_summary import endorsement_json
from wallet.core.forget import forget
from wallet.core.journal import journal
from wallet.core.present import show, summary
from wallet.core.self_assessment import assess
from wallet.core.shelf import kept, kept_one
from wallet.core.skills import counted, evidence_of, skill_evidence
from wallet.core.summary import examined_json, journal_json, kept_json, says, skill_json
from wallet.core.trust_lists import list_json, lists_in_use
from wallet.desk.asking_again import arrived_of, ask_all
from wallet.desk.lists import refresh, take_list, take_list_source
from wallet.desk.receiving import Received, receive_document, receive_link, receive_text
from wallet.desk.showing import OnShow
from wallet.desktop import bodies
from wallet.desktop.backup import seal_backup
from wallet.desktop.desk import Desk
from wallet.desktop.matching_json import found_json, match_json_for
from wallet.desktop.session import our_script
from wallet.errors import NothingReceived

router = APIRouter(prefix="/api", tags=["wallet"], dependencies=our_script)
LARGE = shared.JsonLimits(size=limits.UPLOAD * 4 // 3 + 4_096, string=limits.UPLOAD * 4 // 3)


def desk_of(request: Request) -> Desk:
    """What this program holds; from here on issuers are asked in the language of whoever asks."""
    desk: Desk = request.app.state.desk
    desk.outside.language = language_of(request)
    return desk


def say_in(request: Request) -> Callable[[Reason], str]:
    """Renders reasons in the language that the request asks for."""
    language = language_of(request)
    return lambda reason: str(request.app.state.renderer.reason(reason, language))


def sentence_in(request: Request, error: PassportError) -> str:
    """What a person reads when something is refused, in the language that the request asks for."""
    return str(request.app.state.renderer.error(error, language_of(request)))


@router.get("/wallet", summary="Whose wallet it is and what it counts")
def get_wallet(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        counts = counted(skill_evidence(wallet))
        return {
            "did": wallet.did,
            "canSign": wallet.has_key,
            "revision": wallet.vault.revision,
            "credentials": len(wallet.vault.of_kind("credential")),
            "skills": {str(strength): count for strength, count in counts.items()},
        }


@router.post("/receive", summary="Take in a link, a credential, QR texts or a picture")
def post_receive(
    request: Request, body: Annotated[bodies.ReceiveBody, strict_body(bodies.ReceiveBody, LARGE)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        if body.link is not None:
            received = receive_link(desk, wallet, body.link, tx_code=body.tx_code)
        elif body.credential is not None:
            received = receive_document(desk, wallet, dump(body.credential))
        elif body.token is not None:
            received = receive_text(desk, wallet, body.token)
        elif body.frames is not None:
            received = receive_text(desk, wallet, "\n".join(body.frames), tx_code=body.tx_code)
        elif body.picture is not None:
            texts = read_image(from_base64(body.picture))
            received = receive_text(desk, wallet, "\n".join(texts), tx_code=body.tx_code)
        else:
            raise NothingReceived
    return received_json(received, say_in(request))


@router.post("/evidence", summary="Keep a file that a credential here names by its digest")
def post_evidence(
    request: Request, body: Annotated[bodies.FileBody, strict_body(bodies.FileBody, LARGE)]
) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return {"evidence": accept.attach(wallet, from_base64(body.file))}


@router.get("/credentials", summary="Every credential with its checks")
def get_credentials(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return {"credentials": [kept_json(one, say_in(request)) for one in kept(wallet)]}


@router.get("/credentials/{record}", summary="One credential with its checks and its document")
def get_credential(request: Request, record: str) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        one = kept_one(wallet, record)
        return {**kept_json(one, say_in(request)), "document": says(one.report)}


@router.delete("/credentials/{record}", status_code=204, summary="Forget a credential")
def delete_credential(request: Request, record: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        desk.undo.keep(forget(wallet, record))
    return Response(status_code=204)


@router.get("/skills", summary="Every skill with the strength of its proof and why")
def get_skills(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        evidence = skill_evidence(wallet)
    counts = {str(strength): count for strength, count in counted(evidence).items()}
    return {"counts": counts, "skills": [skill_json(one, say_in(request)) for one in evidence]}


@router.get("/skill", summary="One skill")
def get_skill(request: Request, iri: Annotated[str, Query(max_length=2_048)]) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return skill_json(evidence_of(wallet, iri), say_in(request))


@router.get("/search", summary="Search skills and occupations in the taxonomy on this device")
def get_search(request: Request, q: Annotated[str, Query(max_length=200)]) -> JsonObject:
    return found_json(desk_of(request).taxonomy, q, str(language_of(request)))


@router.post("/assess", summary="Make and sign a self-assessment")
def post_assess(
    request: Request, body: Annotated[bodies.AssessBody, strict_body(bodies.AssessBody)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        made = assess(
            wallet,
            body.skills,
            desk.taxonomy,
            language=str(language_of(request)),
            narrative=body.narrative,
        )
    return examined_json(made, say_in(request))


@router.post("/match", summary="Rank all occupations, or explain one, or a function profile")
def post_match(
    request: Request, body: Annotated[bodies.MatchBody, strict_body(bodies.MatchBody)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return match_json_for(desk, wallet, body, str(language_of(request)), say_in(request))


@router.post("/present", summary="Way A: show credentials for two minutes, without a challenge")
def post_present(
    request: Request, body: Annotated[bodies.PresentBody, strict_body(bodies.PresentBody)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return shown_json(desk.showing.add(show(wallet, body.credentials, body.skills)))


@router.get("/journal", summary="What was shown to whom, without values")
def get_journal(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return {"entries": [journal_json(entry) for entry in journal(wallet)]}


@router.get("/trust-lists", summary="The trust lists in use, and by whose leave each counts")
def get_trust_lists(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return {"lists": [list_json(each) for each in lists_in_use(wallet)]}


@router.post("/trust-lists", summary="Use a trust list")
def post_trust_list(
    request: Request,
    body: Annotated[bodies.TrustListBody, strict_body(bodies.TrustListBody, shared.PUBLISHED)],
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        if body.url is not None:
            verified = take_list(desk, wallet, body.url)
        elif body.trust_list is not None:
            verified = take_list_source(desk, wallet, dump(body.trust_list))
        else:
            raise NothingReceived
    content = verified.content
    return {"id": content.id, "version": content.version, "publisher": content.publisher}


@router.post("/refresh", summary="Look up keys, status lists and trust lists again, and ask for what is late")
def post_refresh(request: Request) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        refresh(desk, wallet)
        arrived = arrived_of(ask_all(desk, wallet))
    return get_wallet(request) | {"received": received_json(arrived, say_in(request))}


@router.post("/backup", summary="A backup in age's passphrase format", response_class=Response)
def post_backup(
    request: Request, body: Annotated[bodies.BackupBody, strict_body(bodies.BackupBody)]
) -> Response:
    """With the secret key only for who gives the wallet's own passphrase, `current`, as well."""
    if body.with_seed:
        desk_of(request).confirm_for_key(body.current)
    with desk_of(request).wallet() as wallet:
        sealed = seal_backup(wallet, body.passphrase, with_seed=body.with_seed)
    return Response(sealed, media_type="application/age-encryption")


def shown_json(shown: OnShow) -> JsonObject:
    """A presentation as a document, as QR texts, and where their pictures are."""
    return {
        "presentation": summary(shown.presentation),
        "frames": list(shown.frames),
        "pictures": [f"/on-show/{shown.id}/{number}.png" for number in range(1, len(shown.frames) + 1)],
        "animation": f"/on-show/{shown.id}/all.gif",
    }


def from_base64(text: str) -> bytes:
    """Raises MalformedEncoding."""
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise MalformedEncoding from None


def received_json(received: Received, say: Callable[[Reason], str]) -> JsonObject:
    """What was taken in."""
    return {
        "credentials": [examined_json(one, say) for one in received.credentials],
        "confirmations": [endorsement_json(one, say) for one in received.endorsements],
        "files": received.files,
        "evidence": received.evidence,
        "leftOut": [{"code": error.code} for error in received.left_out],
        "waiting": [{"id": one.id, "name": one.name} for one in received.waiting],
    }
