"""Pages on which something may leave the wallet: choose, consent, on show. Pure."""

from matching.taxonomy.compact import Taxonomy
from passport.answers import Answer
from passport.texts import Language
from wallet.core.consent import Consent
from wallet.core.plain_text import plain_name
from wallet.core.shelf import kept
from wallet.core.wallet import Wallet
from wallet.views.pages import Named, card, named_skills, written
from wallet.views.rendering import Page, Renderer


def show(
    renderer: Renderer, language: Language, wallet: Wallet, *, error: str = "", status: int = 200
) -> Page:
    good = [one for one in kept(wallet) if one.verified is not None and one.answer is not Answer.NO]
    return renderer.page(
        "show.html",
        language,
        status=status,
        here="/show",
        credentials=[card(one, wallet) for one in good],
        skills={one.id: named_skills(one) for one in good if one.shows_parts},
        error=error,
    )


def consent(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    found: Consent,
    taxonomy: Taxonomy,
    *,
    error: str = "",
    status: int = 200,
) -> Page:
    """What the person is asked to agree to: the proved host, what leaves, what a refusal costs."""
    by_id = {one.id: card(one, wallet) for one in kept(wallet)}
    return renderer.page(
        "consent.html",
        language,
        status=status,
        here=f"/request/{found.id}",
        again=[("refused", each) for each in found.refused],
        found=found,
        profile_name=found.profile_name.get(language) or next(iter(found.profile_name.values())),
        leaving=[
            {
                "id": one.kept.id,
                "name": by_id[one.kept.id].name,
                "issuer": by_id[one.kept.id].issuer,
                "claims": one.claims,
                "document": written(one.disclosed.document),
                "shown": [plain_name(label) for label in one.shown],
                "staying": [plain_name(label) for label in one.hidden],
                "beyond": [plain_name(label) for label in one.beyond],
                "cost": one.cost,
            }
            for one in found.leaving
        ],
        hidden=[by_id[one.id].name for one in found.hidden],
        refused_skills=[
            Named(each, taxonomy.label(each, language)) for each in found.refused if each not in by_id
        ],
        refused_credentials=[by_id[each] for each in found.refused if each in by_id],
        error=error,
    )


def shown(
    renderer: Renderer,
    language: Language,
    *,
    identifier: str,
    frames: int,
    answered: bool = False,
    sent: Answer | None = None,
    host: str | None = None,
) -> Page:
    return renderer.page(
        "shown.html",
        language,
        again=None,
        id=identifier,
        frames=frames,
        answered=answered,
        sent=None if sent is None else str(sent),
        host=host or "",
    )
