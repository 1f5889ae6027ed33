"""Pages on which something may leave the wallet: choose, consent, on show. Pure."""

from collections.abc import Callable
from typing import Any

from passport.answers import Answer
from passport.texts import Language
from wallet.core.consent import Consent, CredentialPart, Leaving
from wallet.core.endorsements import endorser
from wallet.core.plain_text import plain_name
from wallet.core.shelf import Kept, kept
from wallet.core.trust_lists import unlisted
from wallet.core.wallet import Kind, Wallet
from wallet.views.confirming import confirmation, refused_endorsements
from wallet.views.pages import Card, can_show, card, named_skills, written
from wallet.views.rendering import Page, Renderer


def show(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    *,
    picked: str = "",
    error: str = "",
    status: int = 200,
) -> Page:
    """What may be shown, to choose from; `picked` is ticked beforehand, as on the way from a badge's page.

    So is the only one that there is. Nothing is shown before somebody presses the button.
    """
    good = [one for one in kept(wallet) if can_show(one)]
    return renderer.page(
        "show.html",
        language,
        status=status,
        here="/show",
        again=[("credential", picked)] if picked else (),
        picked=good[0].id if len(good) == 1 else picked,
        credentials=[card(one, wallet) for one in good],
        groups=[
            [card(one, wallet) for one in good if one.holder == holder]
            for holder in dict.fromkeys(one.holder for one in sorted(good, key=_first_key(wallet)))
        ],
        skills={one.id: named_skills(one) for one in good if one.shows_parts},
        shared=len(wallet.vault.of_kind(Kind.SHARED)),
        error=error,
    )


def _first_key(wallet: Wallet) -> Callable[[Kept], bool]:
    """What is bound to the key whose wallet it is stands in front."""
    return lambda one: one.holder != wallet.did


def consent(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    found: Consent,
    *,
    error: str = "",
    status: int = 200,
) -> Page:
    """What the person is asked to agree to: the proved host, what leaves, what a refusal costs."""
    shelf = kept(wallet)
    by_id = {one.id: card(one, wallet) for one in shelf}
    names = {one.verified.credential.id: by_id[one.id].name for one in shelf if one.verified is not None}
    names |= {one.credential_id: endorser(one.kept) for one in found.confirming}
    return renderer.page(
        "consent.html",
        language,
        me=set(wallet.own_dids.values()),
        status=status,
        here=f"/request/{found.id}",
        again=[("refused", each) for each in found.refused],
        found=found,
        profile_name=found.profile_name.get(language) or next(iter(found.profile_name.values())),
        demands=[
            {
                "result": result,
                "raise_by": raising,
                "proofs": [names[each] for each in proof if each in names],
                "refused": result.demand.skill in found.refused,
            }
            for result, raising, proof in zip(found.results, found.raise_by, found.proofs, strict=True)
        ],
        unlisted=unlisted(wallet, found.results),
        leaving=[_leaving(one, by_id[one.kept.id], found) for one in found.leaving],
        confirming=[confirmation(one) for one in found.confirming],
        hidden=[by_id[one.id].name for one in found.hidden],
        apart=[by_id[one.id].name for one in found.apart],
        refused_credentials=[by_id[each] for each in found.refused if each in by_id],
        refused_parts=[
            {
                "refusal": one.refusal,
                "name": one.name,
                "kind": f"part-{one.part.kind}",
                "says": plain_name(one.part.says),
            }
            for one in found.refused_parts
        ],
        refused_endorsements=refused_endorsements(wallet, frozenset(found.refused)),
        error=error,
    )


def _leaving(one: Leaving, about: Card, found: Consent) -> dict[str, Any]:
    return {
        "id": one.kept.id,
        "name": about.name,
        "issuer": about.issuer,
        "self_made": about.self_made,
        "claims": one.claims,
        "document": written(one.disclosed.document),
        "serves": [plain_name(label) for label in one.serves],
        "beyond": [plain_name(label) for label in one.beyond],
        "choices": [_part(each, found) for each in one.parts if each.can_stay],
        "staying": [_part(each, found) for each in one.staying],
        "cost": one.cost,
        "instead": one.instead,
    }


def _part(one: CredentialPart, found: Consent) -> dict[str, Any]:
    return {
        "refusal": one.refusal,
        "refused": one.refusal in found.refused,
        "kind": f"part-{one.part.kind}",
        "says": plain_name(one.part.says),
        "cost": one.cost,
    }


def shown(
    renderer: Renderer,
    language: Language,
    *,
    identifier: str,
    frames: int,
    answered: bool = False,
    sent: Answer | None = None,
    host: str | None = None,
    held: int = 0,
) -> Page:
    """Args:

    held: the picture that the loop is held at; 0 where it moves.
    """
    return renderer.page(
        "shown.html",
        language,
        again=None,
        held=held,
        id=identifier,
        frames=frames,
        answered=answered,
        sent=None if sent is None else str(sent),
        host=host or "",
    )
