"""Take an offer in, step by step, while the person looks on: sign in, fetch, decide, keep.

The network is used without holding the wallet, so that its other pages go on; what was fetched is kept in one
revision at the end. Whoever stops it, or locks the wallet, keeps nothing.
"""

from collections.abc import Collection
from functools import partial

from passport.errors import PassportError
from wallet.core.claiming.grants import Flow
from wallet.desk.claiming import claim, prepare_keys, tell
from wallet.desk.desk import Desk
from wallet.desk.offering import Opened
from wallet.desk.progress import Step
from wallet.desk.receiving import Received, keep_claimed
from wallet.desk.signing_in import SignedIn, begin_sign_in, read_sign_in
from wallet.desk.takings import Taking
from wallet.errors_claiming import SignInNeeded, TakingCancelled, UnknownTaking

_ENDS = frozenset({Step.DECIDE, Step.DONE, Step.FAILED, Step.STOPPED})
PATH = "/signed-in/"
"""Where the answer of a sign-in comes to, with the place of the taking behind it."""


def start(desk: Desk, opened: Opened, *, tx_code: str | None = None) -> Taking:
    """Begin. With a sign-in the browser goes to `taking.sign_in.url` next; without, `run` is next.

    Args:
        desk: of the wallet that is open.
        opened: what the person said yes to.
        tx_code: the code that came by another way.

    Raises:
        TooManyTakings, and as `begin_sign_in`: nothing was begun.
    """
    taking = desk.takings.add(opened)
    taking.tx_code = tx_code
    if opened.flow is not Flow.SIGN_IN:
        return taking
    try:
        taking.step = Step.SIGN_IN
        taking.sign_in = desk.outside.run(
            begin_sign_in(opened, desk.channel(), redirect_uri=desk.way_back(f"{PATH}{taking.place}"))
        )
    except PassportError:
        desk.takings.drop(taking.id)
        raise
    return taking


def answer(desk: Desk, place: str, url: str) -> tuple[Taking, SignedIn | None]:
    """What a browser brought back. A wrong answer ends the sign-in: it is not to be tried again.

    Args:
        desk: of the wallet that is open.
        place: the last part of the path.
        url: the whole address as it came.

    Raises:
        SignInOver: nobody waits for it.
    """
    taking, sign_in = desk.takings.answered(place)
    try:
        return taking, read_sign_in(sign_in, url)
    except PassportError as error:
        _failed(taking, error)
        return taking, None


def run(desk: Desk, taking: Taking, signed_in: SignedIn | None = None) -> None:
    """Fetch and keep; what went wrong stands in the taking. Raises nothing."""
    try:
        if taking.opened.flow is Flow.SIGN_IN and signed_in is None:
            raise SignInNeeded
        with desk.wallet() as wallet:
            mine = wallet
            prepare_keys(taking.opened, mine)
        channel = desk.channel() if signed_in is None else signed_in.sign_in.channel
        taking.claimed = desk.outside.run(
            claim(taking.opened, mine, channel, tx_code=taking.tx_code, signed_in=signed_in, progress=taking)
        )
        if taking.claimed.untied:
            taking(Step.DECIDE)
        else:
            _keep(desk, taking, ())
    except PassportError as error:
        _failed(taking, error)
    finally:
        if taking.step not in _ENDS:  # stopped by no refusal of ours: nothing of it goes on
            taking.step = Step.FAILED
        taking.tx_code = None
        taking.done.set()


def run_aside(desk: Desk, taking: Taking, signed_in: SignedIn | None = None) -> None:
    """The same beside the pages."""
    desk.beside(partial(run, desk, taking, signed_in))


def decide(desk: Desk, taking: Taking, *, yes: bool, signers: Collection[str]) -> None:
    """The person says whether to keep what somebody signed who is not tied to the place of the offer.

    `signers` are those that the person was shown.

    Raises:
        UnknownTaking: there is nothing to decide.
    """
    if taking.claimed is None or taking.step is not Step.DECIDE:
        raise UnknownTaking
    if not yes:
        stop(desk, taking)
        return
    try:
        _keep(desk, taking, signers)
    except PassportError as error:
        _failed(taking, error)


def stop(desk: Desk, taking: Taking) -> None:
    """The person stops it: nothing is kept, and the issuer hears that it was not taken."""
    taking.stop.set()
    taking.sign_in = None
    if taking.step in {Step.SIGN_IN, Step.DECIDE}:
        waiting, taking.claimed = taking.claimed, None
        _failed(taking, TakingCancelled())
        taking.done.set()  # nothing runs for it: whoever waits for its end has waited enough
        if waiting is not None:
            desk.outside.run(tell(waiting.word, kept=False))


def received(taking: Taking) -> Received | None:
    """What was kept; None while it is not done."""
    return taking.received if isinstance(taking.received, Received) else None


def _keep(desk: Desk, taking: Taking, signers: Collection[str]) -> None:
    assert taking.claimed is not None
    claimed, taking.claimed = taking.claimed, None
    if taking.stop.is_set():
        desk.outside.run(tell(claimed.word, kept=False))
        raise TakingCancelled
    with desk.wallet() as wallet:
        taking.received = keep_claimed(desk, wallet, claimed, signers=signers)
    taking.step = Step.DONE


def _failed(taking: Taking, error: PassportError) -> None:
    taking.error = error
    taking.step = Step.STOPPED if isinstance(error, TakingCancelled) else Step.FAILED
