"""What confirms a claim, on the pages on which something may leave the wallet. Pure."""

from collections.abc import Mapping
from typing import Any

from passport.texts import Language
from wallet.core.consent import LeavingEndorsement
from wallet.core.endorsements import KeptEndorsement, endorsements, endorser
from wallet.core.plain_text import plain_name, plain_text
from wallet.core.wallet import Wallet
from wallet.views.pages import Card, written
from wallet.views.rendering import Renderer


def confirmation(one: LeavingEndorsement) -> dict[str, Any]:
    """An endorsement that would leave."""
    return {
        "id": one.kept.id,
        "name": endorser(one.kept),
        "comment": _comment(one.kept),
        "serves": [plain_name(label) for label in one.serves],
        "document": written(one.document),
        "cost": one.cost,
    }


def confirmation_cards(
    renderer: Renderer, language: Language, wallet: Wallet, cards: Mapping[str, Card]
) -> dict[str, Card]:
    """Every endorsement as a line: who confirms, and what; `cards` are those of the credentials."""
    return {
        one.id: Card(
            id=one.id,
            name=renderer.say("consent-confirmed-by", language, {"name": endorser(one)}),
            issuer=", ".join(cards[each].name for each in one.confirms if each in cards),
            answer=one.answer,
            genuine=one.verified is not None,
            self_made=False,
            valid_from=None if one.report.parsed is None else one.report.parsed.valid_from,
            host=one.host,
            checks=one.report.checks,
        )
        for one in endorsements(wallet)
    }


def refused_endorsements(wallet: Wallet, refused: frozenset[str]) -> list[tuple[str, str]]:
    """Those that the person keeps, with who confirms."""
    return [(one.id, endorser(one)) for one in endorsements(wallet) if one.id in refused]


def _comment(one: KeptEndorsement) -> str:
    parsed = one.report.parsed
    return "" if parsed is None else plain_text(parsed.comment or "")
