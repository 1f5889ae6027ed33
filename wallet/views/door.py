"""Pages before the wallet is open, and what comes in: door, receive, received. Pure."""

from collections.abc import Collection, Sequence

from passport.texts import Language
from wallet.core.accept import Examined
from wallet.core.endorsements import ExaminedEndorsement
from wallet.core.plain_text import plain_name, plain_text
from wallet.core.recovery import misspelt
from wallet.views.pages import Card
from wallet.views.rendering import Page, Renderer


def door(
    renderer: Renderer,
    language: Language,
    which: str,
    *,
    words: Sequence[str] = (),
    error: str = "",
    rolled_back: bool = False,
    unfolded: bool = False,
    idle: bool = False,
    typed: str = "",
    status: int = 200,
) -> Page:
    """`which`: unlock, create, words (the recovery words, once), opened, token.

    `unfolded`: the form that lies folded up, of the recovery words or a backup, is open.
    `typed`: the recovery words as they were typed, to mend and not to type again.
    """
    return renderer.page(
        "door.html",
        language,
        status=status,
        here="/open" if which == "token" else "/unlock",
        again=None if which == "words" else (),
        locked=True,
        which=which,
        words=words,
        error=error,
        rolled_back=rolled_back,
        unfolded=unfolded,
        idle=idle,
        typed=typed,
        misspelt=misspelt(typed),
    )


def receive(
    renderer: Renderer,
    language: Language,
    *,
    text: str = "",
    error: str = "",
    ask_code: bool = False,
    status: int = 200,
) -> Page:
    return renderer.page(
        "receive.html", language, status=status, here="/receive", text=text, error=error, ask_code=ask_code
    )


def received(
    renderer: Renderer,
    language: Language,
    examined: Collection[Examined],
    *,
    did: str,
    files: int,
    evidence: str | None,
    left_out: bool = False,
    endorsements: Collection[ExaminedEndorsement] = (),
    unknown: Collection[str] = (),
    waiting: Collection[str] = (),
) -> Page:
    """What was kept. `unknown`: those whose issuer is on no list; `waiting`: names of what comes later."""
    return renderer.page(
        "received.html",
        language,
        again=None,
        credentials=[_card(one, did) for one in examined],
        files=files,
        evidence=evidence,
        left_out=left_out,
        endorsements=[_confirmed(one) for one in endorsements],
        unknown=frozenset(unknown),
        waiting=[plain_name(name) for name in waiting],
    )


def _confirmed(one: ExaminedEndorsement) -> dict[str, object]:
    parsed = one.report.parsed
    assert parsed is not None
    return {
        "issuer": plain_name(parsed.issuer.name or parsed.issuer.id),
        "comment": plain_text(parsed.comment or ""),
        "answer": one.answer,
        "genuine": one.report.endorsement is not None,
        "claims": one.confirms,
        "checks": one.report.checks,
    }


def _card(one: Examined, did: str) -> Card:
    parsed = one.report.parsed
    assert parsed is not None
    return Card(
        id=one.id,
        name=plain_name(parsed.subject.achievement.name),
        issuer=plain_name(parsed.issuer.name or parsed.issuer.id),
        answer=one.answer,
        genuine=one.report.credential is not None,
        self_made=parsed.issuer.id == did,
        valid_from=parsed.valid_from,
        host=one.host,
        checks=one.report.checks,
    )
