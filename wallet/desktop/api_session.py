"""The JSON interface's door: enter with the one-time token, make, open and close the wallet."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from passport.json import JsonObject
from passport.web import strict_body
from wallet.core.recovery import RecoveryKey
from wallet.desktop import bodies
from wallet.desktop.api import desk_of
from wallet.desktop.session import check_host, enter, from_script_or_page, our_script
from wallet.errors import WalletLocked

router = APIRouter(prefix="/api", tags=["session"])


@router.post("/session", status_code=204, dependencies=[Depends(from_script_or_page)])
def post_session(
    request: Request, body: Annotated[bodies.EnterBody, strict_body(bodies.EnterBody)]
) -> Response:
    """Turn the one-time token into the session's cookie."""
    check_host(request)
    response = Response(status_code=204)
    enter(request, body.token, response)
    return response


@router.post("/create", status_code=201, dependencies=our_script)
def post_create(
    request: Request, body: Annotated[bodies.PassphraseBody, strict_body(bodies.PassphraseBody)]
) -> JsonObject:
    """Make a wallet; the recovery words are given this once."""
    desk = desk_of(request)
    recovery = desk.create(body.passphrase)
    with desk.wallet() as wallet:
        return {"did": wallet.did, "recoveryWords": recovery.words()}


@router.post("/unlock", dependencies=our_script)
def post_unlock(
    request: Request, body: Annotated[bodies.UnlockBody, strict_body(bodies.UnlockBody)]
) -> JsonObject:
    """Open the wallet with the passphrase or with the recovery words."""
    desk = desk_of(request)
    if body.recovery_words is not None:
        desk.unlock(RecoveryKey.from_words(body.recovery_words), accept_older=body.accept_older)
    elif body.passphrase is not None:
        desk.unlock(body.passphrase, accept_older=body.accept_older)
    else:
        raise WalletLocked
    with desk.wallet() as wallet:
        return {"did": wallet.did}


@router.post("/lock", status_code=204, dependencies=our_script)
def post_lock(request: Request) -> Response:
    """Forget the keys until the passphrase is given again."""
    desk_of(request).lock()
    return Response(status_code=204)


@router.post("/passphrase", status_code=204, dependencies=our_script)
def post_passphrase(
    request: Request, body: Annotated[bodies.ChangeBody, strict_body(bodies.ChangeBody)]
) -> Response:
    """Change the passphrase of the open wallet; the old one is asked unless the words opened it."""
    desk_of(request).change_passphrase(body.passphrase, old=body.old)
    return Response(status_code=204)


@router.post("/recovery-words", dependencies=our_script)
def post_recovery_words(
    request: Request, body: Annotated[bodies.PassphraseBody, strict_body(bodies.PassphraseBody)]
) -> JsonObject:
    """New recovery words, given this once; the old ones open nothing any more."""
    return {"recoveryWords": desk_of(request).new_words(body.passphrase).words()}
