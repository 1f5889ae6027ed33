"""Commands that take credentials from an issuer: an offer, an issuer's own list, and what is late."""

import sys
import webbrowser
from collections.abc import Collection
from typing import Annotated

import typer

from passport.answers import Reason
from passport.json import JsonObject
from passport.terminal import AsJson, console, emit, errors, one_line
from wallet.core.claiming.grants import Flow
from wallet.core.claiming.waiting import Waiting, WaitingState
from wallet.core.wallet import Wallet
from wallet.desk.offering import Opened
from wallet.desk.receiving import Received
from wallet.desk.signing_in import SignedIn
from wallet.desktop.cli_base import SPOKEN, Folder, In, Loopback, Speaker, app, opened
from wallet.desktop.desk import Desk

Signer = Annotated[
    list[str] | None,
    typer.Option(help="Keep what this DID or address signed, though nothing ties it to the issuer's host."),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask whether to go on.")]
_WAIT = typer.Option(help="Seconds to wait for you to come back from the issuer's pages.")


def take_opened(
    desk: Desk,
    wallet: Wallet,
    offer: Opened,
    say: Speaker,
    *,
    tx_code: str | None = None,
    signers: Collection[str] = (),
    yes: bool = False,
    wait: float = 900,
    copies: int = 1,
) -> Received:
    """Say who offers what to whom, ask whether to go on where somebody can answer, and take it.

    Raises:
        TakingCancelled: the answer was no; nothing was asked of the issuer.
        SignerNotTied: a stranger signed, and nobody said yes to that.
        PassportError: as `claim`.
    """
    from wallet.desk.claiming import claim, tell
    from wallet.desk.receiving import keep_claimed
    from wallet.errors_claiming import TakingCancelled

    _tell_offer(offer, wallet, say)
    somebody = sys.stdin.isatty() and not yes
    if somebody and not typer.confirm(say.told("cmd-offer-take"), err=True):
        raise TakingCancelled
    code = offer.offer.tx_code if offer.flow is Flow.PRE_AUTHORIZED else None
    if code is not None and not tx_code and somebody:
        if code.description:
            errors.print(say(Reason("receive-code-says", {"host": offer.host})), one_line(code.description))
        tx_code = typer.prompt(say.sentence("receive-code"), err=True)
    channel, signed_in = desk.channel(), None
    if offer.flow is Flow.SIGN_IN:
        signed_in = _sign_in(desk, offer, say, wait)
        channel = signed_in.sign_in.channel
    claimed = desk.outside.run(
        claim(offer, wallet, channel, tx_code=tx_code, signed_in=signed_in, copies=copies)
    )
    accepted = set(signers)
    for stranger in claimed.untied:
        if stranger in accepted or not somebody:
            continue
        errors.print(say.told("cmd-offer-stranger", signer=stranger, host=offer.host))
        if not typer.confirm(say.told("cmd-offer-keep"), err=True):
            desk.outside.run(tell(claimed.word, kept=False))
            raise TakingCancelled
        accepted.add(stranger)
    return keep_claimed(desk, wallet, claimed, signers=accepted)


def _tell_offer(offer: Opened, wallet: Wallet, say: Speaker) -> None:
    errors.print(f"{say.told('cmd-offer-from')} {offer.host}")
    name = offer.name_in(say.language)
    if name:
        errors.print(f"{say.told('cmd-calls-itself')} {one_line(name)}")
    offers = ", ".join(name for _, name in offer.offered_in(say.language))
    errors.print(f"{say.told('cmd-offer-what')} {offers}")
    if offer.flow is Flow.SIGN_IN:
        errors.print(f"{say.told('cmd-offer-sign-in')} {offer.server_host or offer.host}")
    errors.print(f"{say.told('cmd-offer-for')} {wallet.did}")


def _sign_in(desk: Desk, offer: Opened, say: Speaker, wait: float) -> SignedIn:
    import secrets

    from wallet.desk.signing_in import begin_sign_in, read_sign_in
    from wallet.desk.taking import PATH
    from wallet.desktop.listening import listening

    path = PATH + secrets.token_urlsafe(16)
    with listening() as listener:
        begun = desk.outside.run(begin_sign_in(offer, desk.channel(), redirect_uri=f"{listener.base}{path}"))
        errors.print(say.told("cmd-sign-in-at"))
        errors.print(begun.url)
        if sys.stdin.isatty():
            webbrowser.open(begun.url)
        return read_sign_in(begun, listener.wait(path, seconds=wait))


@app.command("issuer")
def issuer(
    address: Annotated[str, typer.Argument(help="The issuer's address, as school.example.")],
    *,
    take: Annotated[list[str] | None, typer.Option(help="Fetch what has this name in the list.")] = None,
    folder: Folder = None,
    allow_loopback: Loopback = False,
    signer: Signer = None,
    yes: Yes = False,
    wait: Annotated[float, _WAIT] = 900,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """See what an issuer has, and fetch it: you sign in at the issuer, in your browser."""
    from wallet.desk.offering import open_issuer

    say = Speaker(language)
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        found = desk.outside.run(open_issuer(address, desk.outside))
        if take:
            chosen = found.only(frozenset(take))
            received = take_opened(desk, wallet, chosen, say, signers=signer or (), yes=yes, wait=wait)
            emit_received(received, say, as_json=as_json)
            return
    listed: JsonObject = {
        "issuer": found.offer.credential_issuer,
        "host": found.host,
        "callsItself": found.name_in(language),
        "signInAt": found.server_host or found.host,
        "offers": [{"id": identifier, "name": name} for identifier, name in found.offered_in(language)],
    }

    def show() -> None:
        console.print(say.told("cmd-issuer-offers", host=found.host))
        for identifier, name in found.offered_in(language):
            console.print(f"  {identifier}  {name}")
        console.print(say.told("cmd-issuer-take"))

    emit(listed, as_json=as_json, show=show)


@app.command("waiting")
def waiting(
    ask: Annotated[str | None, typer.Option(help="Ask for this one now.")] = None,
    stop: Annotated[str | None, typer.Option(help="No longer wait for this one.")] = None,
    *,
    early: Annotated[
        bool, typer.Option("--early", help="With --ask: don't wait until the moment that the issuer said.")
    ] = False,
    folder: Folder = None,
    allow_loopback: Loopback = False,
    signer: Signer = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """See what issuers promised for later, and ask for it."""
    from passport.clock import format_datetime
    from wallet.core.claiming.waiting import stop_waiting
    from wallet.core.claiming.waiting import waiting as listed
    from wallet.desk.asking_again import ask_again

    say = Speaker(language)
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        if stop is not None:
            stop_waiting(wallet, stop)
        if ask is not None:
            answered = ask_again(desk, wallet, ask, signers=tuple(signer or ()), early=early)
            if answered.received is not None:
                emit_received(answered.received, say, as_json=as_json)
                return
        found = listed(wallet)

    def show() -> None:
        for one in found:
            console.print(f"{one.id}  {one.name}, {one.credential_issuer}")
            console.print(f"    {_stands(one, say)}", style="dim")
        if not found:
            console.print(say.sentence("waiting-none"))

    answer: JsonObject = {
        "waiting": [
            {
                "id": one.id,
                "name": one.name,
                "issuer": one.credential_issuer,
                "state": str(one.state),
                "askFrom": format_datetime(one.ask_from),
            }
            for one in found
        ]
    }
    emit(answer, as_json=as_json, show=show)


def _stands(one: Waiting, say: Speaker) -> str:
    from wallet.desktop.own_time import on_the_terminal

    if one.state is not WaitingState.WAITING:
        return say.sentence(f"waiting-{one.state}")
    return f"{say.sentence('waiting-ask-from')} {on_the_terminal(one.ask_from)}"


def emit_received(received: Received, say: Speaker, *, as_json: bool) -> None:
    """Say what was taken in."""
    from wallet.desktop.cli_received import received_json, show_received

    shown = received_json(received, say)
    emit(shown, as_json=as_json, show=lambda: show_received(received, shown, say))
