"""Pages for who leaves or comes back: take everything along, take a backup over, recovery words, forget."""

from collections.abc import Sequence

from passport.texts import Language
from wallet.core.imported import imported
from wallet.core.leaving.stored import stored_files, stored_kinds
from wallet.core.merging import Found, Merging
from wallet.core.settings_kept import words_checked
from wallet.core.wallet import Wallet
from wallet.views.rendering import Page, Renderer


def leaving(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    *,
    opened_by_words: bool = False,
    error: str = "",
    status: int = 200,
) -> Page:
    """Take everything along, or take a backup over; `opened_by_words`: no passphrase is known to ask for."""
    return renderer.page(
        "leaving.html",
        language,
        status=status,
        here="/leaving",
        opened_by_words=opened_by_words,
        can_sign=wallet.has_key,
        error=error,
    )


def merging(
    renderer: Renderer, language: Language, wallet: Wallet, backup: Wallet, *, found: Merging, identifier: str
) -> Page:
    """What taking this backup over would do."""
    return renderer.page(
        "merging.html",
        language,
        again=None,
        id=identifier,
        found=found,
        mine=wallet.did,
        lines=_lines(found),
        new=len(found.that_are(Found.NEW)),
        different=len(found.that_are(Found.DIFFERENT)),
        left=len(found.that_are(Found.LEFT)),
        can_sign=wallet.has_key or backup.has_key,
    )


def merged(renderer: Renderer, language: Language, wallet: Wallet, found: Merging) -> Page:
    return renderer.page(
        "merged.html",
        language,
        again=None,
        lines=[line for line in _lines(found) if line["new"]],
        new=len(found.that_are(Found.NEW)),
        can_sign=wallet.has_key,
    )


def recovery(
    renderer: Renderer, language: Language, wallet: Wallet, *, error: str = "", status: int = 200
) -> Page:
    """What recovery words are, and how to get new ones."""
    return renderer.page(
        "recovery.html",
        language,
        status=status,
        here="/recovery",
        checked=words_checked(wallet),
        error=error,
    )


def recovery_check(
    renderer: Renderer,
    language: Language,
    places: Sequence[int],
    *,
    typed: Sequence[str] = (),
    error: str = "",
    status: int = 200,
) -> Page:
    """Type some of the words back; `typed` is what was typed before, to mend."""
    return renderer.page(
        "recovery-check.html",
        language,
        status=status,
        here="/recovery/check",
        places=[(place, typed[at] if at < len(typed) else "") for at, place in enumerate(places)],
        error=error,
    )


def passphrase(
    renderer: Renderer,
    language: Language,
    *,
    forgotten: bool,
    changed: bool = False,
    error: str = "",
    status: int = 200,
) -> Page:
    return renderer.page(
        "passphrase.html",
        language,
        status=status,
        here="/passphrase",
        forgotten=forgotten,
        changed=changed,
        error=error,
    )


def stored(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    *,
    undo: bool = False,
    error: str = "",
    status: int = 200,
) -> Page:
    """Everything that is kept here, and what can be forgotten."""
    return renderer.page(
        "stored.html",
        language,
        status=status,
        here="/stored",
        kinds=stored_kinds(wallet),
        files=stored_files(wallet),
        diplomas=len(imported(wallet)),
        undo=undo,
        error=error,
    )


def gone(renderer: Renderer, language: Language) -> Page:
    """The wallet was removed from this device."""
    return renderer.page("gone.html", language, again=None, locked=True)


def _lines(found: Merging) -> list[dict[str, object]]:
    return [
        {
            "kind": kind,
            "new": counts[Found.NEW],
            "same": counts[Found.SAME],
            "different": counts[Found.DIFFERENT],
            "left": counts[Found.LEFT],
        }
        for kind, counts in found.counted().items()
    ]
