"""Pages for taking credentials from an issuer: the offer, its own list, progress, and what is late. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from passport.dids import host_of
from passport.texts import Language
from wallet.core.claiming.waiting import Waiting
from wallet.core.plain_text import plain_name, plain_text
from wallet.views.rendering import Page, Renderer

_ADDRESS = 2_048


@dataclass(frozen=True, slots=True)
class Look:
    """An issuer that was looked at, before anything is asked of it."""

    host: str
    """The host in its ASCII truth."""
    calls_itself: str | None
    signed: bool
    """Whether its description bears its own signature."""
    sign_in_at: str | None
    """The host where the person signs in; None where there is no sign-in."""
    offered: Sequence[tuple[str, str]]
    """The ids and names of what it has."""
    code: str | None = None
    """What to say of the code that came by another way; None where none is asked."""
    digits: int | None = None
    numeric: bool = False

    @property
    def elsewhere(self) -> bool:
        """Whether the person signs in at another host than the issuer's."""
        return self.sign_in_at is not None and self.sign_in_at != self.host


def offer(
    renderer: Renderer,
    language: Language,
    look: Look,
    *,
    text: str,
    mark: str,
    did: str,
    error: str = "",
    changed: bool = False,
    status: int = 200,
) -> Page:
    """Who offers what to whom, before anything is asked for; `mark` names exactly this."""
    return renderer.page(
        "offer.html",
        language,
        status=status,
        again=None,
        text=text,
        mark=mark,
        did=did,
        error=error,
        changed=changed,
        choose=False,
        **_look(look),
    )


def issuer(
    renderer: Renderer,
    language: Language,
    *,
    address: str = "",
    look: Look | None = None,
    mark: str = "",
    did: str = "",
    ticked: Collection[str] = (),
    error: str = "",
    status: int = 200,
) -> Page:
    """Type an issuer's address; then what it has, to choose from."""
    if look is None:
        return renderer.page(
            "issuer.html",
            language,
            status=status,
            here="/issuers",
            address=address[:_ADDRESS],
            error=error,
        )
    return renderer.page(
        "offer.html",
        language,
        status=status,
        again=None,
        text=address,
        mark=mark,
        did=did,
        error=error,
        changed=False,
        choose=True,
        ticked=frozenset(ticked),
        **_look(look),
    )


def _look(look: Look) -> dict[str, Any]:
    return {
        "host": look.host,
        "calls_itself": plain_name(look.calls_itself or ""),
        "signed": look.signed,
        "sign_in_at": look.sign_in_at,
        "elsewhere": look.elsewhere,
        "offered": [(identifier, plain_name(name)) for identifier, name in look.offered],
        "ask_code": look.code is not None,
        "code_about": plain_text(look.code or ""),
        "digits": look.digits,
        "numeric": look.numeric,
    }


@dataclass(frozen=True, slots=True)
class Under:
    """An offer that is being taken, as far as a page shows it."""

    id: str
    step: str
    host: str
    number: int = 0
    of: int = 0
    sign_in_at: str | None = None
    signers: Sequence[str] = ()
    """Who signed and is tied to nothing: the person decides."""
    names: Sequence[str] = ()
    """What they signed."""
    go: str = ""
    """The address to sign in at, where it opens beside the wallet."""


def taking(
    renderer: Renderer, language: Language, under: Under, *, error: str = "", status: int = 200
) -> Page:
    """How far it is."""
    return renderer.page(
        "taking.html",
        language,
        status=status,
        again=None,
        under=under,
        working=under.step in {"token", "credential", "files"},
        signers=[(each, host_of(each) if each.startswith("did:") else each) for each in under.signers],
        names=[plain_name(name) for name in under.names],
        error=error,
    )


def signed_in(renderer: Renderer, language: Language, identifier: str) -> Page:
    """Where a browser lands that comes back from an issuer; without our cookie, so it goes on by itself."""
    return renderer.page("signed-in.html", language, again=None, locked=True, identifier=identifier)


def waiting(
    renderer: Renderer,
    language: Language,
    found: Sequence[Waiting],
    *,
    now: datetime,
    error: str = "",
    signers: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> Page:
    """What issuers promised for later; `signers` are of what came, by somebody who is not tied to them."""
    return renderer.page(
        "waiting.html",
        language,
        status=status,
        here="/waiting",
        error=error,
        asked=dict(signers),
        waiting=[
            {
                "id": one.id,
                "name": plain_name(one.name),
                "host": one.credential_issuer.partition("://")[2].partition("/")[0],
                "since": one.since,
                "ask_from": one.ask_from,
                "until": one.until,
                "state": str(one.state),
                "may_ask": one.may_ask(now),
            }
            for one in found
        ],
    )
