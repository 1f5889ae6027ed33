"""Pages on which a request by OpenID4VP is agreed to: who asks and how that is proved, what leaves. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from passport.answers import Answer
from passport.evidence.profile import FunctionProfile
from passport.openid4vp.dcql import CredentialSetQuery
from passport.openid4vp.request_object import ProvedBy
from passport.texts import Language
from wallet.core.openid4vp_consent import AskedCredential, VpConsent, VpLeaving
from wallet.core.openid4vp_plan import Choices
from wallet.core.openid4vp_words import OTHER
from wallet.core.plain_text import plain_name
from wallet.core.shelf import kept
from wallet.core.trust_lists import unlisted
from wallet.core.wallet import Wallet
from wallet.views.confirming import confirmation, confirmation_cards
from wallet.views.pages import Card, card, written
from wallet.views.rendering import Page, Renderer

MARKS = {
    ProvedBy.NOTHING: "cannot-tell",
    ProvedBy.KEY: "cannot-tell",
    ProvedBy.HOST: "yes",
    ProvedBy.CERTIFICATE: "yes",
    ProvedBy.UNKNOWN_CERTIFICATE: "cannot-tell",
}
"""How sure it is who asks: what nobody vouches for is not shown as good."""


def vp_consent(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    found: VpConsent,
    choices: Choices,
    *,
    error: str = "",
    status: int = 200,
) -> Page:
    shelf = kept(wallet)
    cards = {one.id: card(one, wallet) for one in shelf}
    cards |= confirmation_cards(renderer, language, wallet, cards)
    named = {each.query.id: _named(each, cards, renderer, language) for each in found.asked}
    asked = {each.query.id: each for each in found.asked}
    labels = {
        each.target_url: plain_name(each.target_name)
        for one in shelf
        if one.report.parsed is not None
        for each in one.report.parsed.subject.achievement.alignments
    }
    return renderer.page(
        "vp-consent.html",
        language,
        me=set(wallet.own_dids.values()),
        status=status,
        here=f"/vp/{found.id}",
        again=[*_as_form(choices)],
        found=found,
        mark=MARKS[found.asker.proved_by],
        asked=_shown_once(_asked(each, cards, named[each.query.id], labels) for each in found.asked)
        if found.by_profile
        else [_asked(each, cards, named[each.query.id], labels) for each in found.asked],
        sets=[
            {
                "number": number,
                "required": each.required,
                "chosen": made.option,
                "options": _options(each, made.possible, asked, named),
            }
            for number, (each, made) in enumerate(zip(found.sets, found.selection.sets, strict=True))
        ],
        chosen=_as_form(choices),
        demands=found.demands,
        unlisted=unlisted(wallet, [one.result for one in found.demands]),
        profile_name="" if found.profile is None else _profile_name(found.profile, language),
        publisher=_publisher(found),
        cost=found.cost,
        refused_credentials=[cards[each] for each in sorted(choices.refused) if each in cards],
        error=error,
    )


def vp_sent(
    renderer: Renderer,
    language: Language,
    *,
    sent: Answer,
    host: str,
    refused: bool = False,
    redirect_uri: str | None = None,
    redirect_host: str = "",
) -> Page:
    """What became of the answer, and where the other side goes on."""
    return renderer.page(
        "vp-sent.html",
        language,
        again=None,
        sent=str(sent),
        host=host,
        refused=refused,
        redirect_uri=redirect_uri,
        redirect_host=redirect_host,
    )


def _profile_name(profile: FunctionProfile, language: Language) -> str:
    return plain_name(profile.name.get(language) or next(iter(profile.name.values())))


def _publisher(found: VpConsent) -> str:
    """Who wrote the profile, where that is not who asks."""
    if found.profile is None or found.asker.client_id.endswith(f":{found.profile.publisher}"):
        return ""
    return plain_name(found.profile.publisher_name)


def _options(
    uses: CredentialSetQuery,
    possible: Collection[int],
    asked: Mapping[str, AskedCredential],
    named: Mapping[str, str],
) -> list[dict[str, Any]]:
    """By name, and where one name stands for several, by what can stay at home; else by a number."""
    made: list[dict[str, Any]] = [
        {
            "number": place,
            "name": " + ".join(named[each] for each in option),
            "parts": all(one.shows_parts for each in option for one in asked[each].alternatives),
            "formats": " + ".join(asked[each].query.format for each in option),
            "possible": place in possible,
        }
        for place, option in enumerate(uses.options)
    ]
    shown = [each for each in made if each["possible"]] or list(
        {each["name"]: each for each in made}.values()
    )
    names = Counter(each["name"] for each in shown)
    said = Counter((each["name"], each["parts"]) for each in shown)
    count: Counter[tuple[str, bool]] = Counter()
    for each in shown:
        told = (each["name"], each["parts"])
        count[told] += 1
        each["tell_form"] = names[each["name"]] > 1 and each["possible"]
        each["form"] = count[told] if said[told] > 1 and each["possible"] else 0
    return shown


def _asked(
    one: AskedCredential, cards: dict[str, Card], name: str, labels: Mapping[str, str]
) -> dict[str, Any]:
    words = Counter(claim.word for claim in one.claims)
    return {
        "id": one.query.id,
        "name": name,
        "format": one.query.format,
        "claims": [
            {
                "refusal": claim.refusal,
                "word": f"vp-part-{claim.word}",
                "path": claim.path if claim.word == OTHER or words[claim.word] > 1 else "",
                "named": labels.get(claim.values[0], "") if len(claim.values) == 1 else "",
                "only": [labels.get(value, value) for value in claim.values],
                "refused": claim.refused,
            }
            for claim in one.claims
        ],
        "multiple": one.query.multiple,
        "alternatives": [
            {
                "value": f"{one.query.id} {each.kept.id}",
                "about": cards[each.kept.id],
                "chosen": each.chosen,
                "short": each.kept.id[:8],
            }
            for each in one.alternatives
        ],
        "leaving": [_leaving(each, cards[each.kept.id]) for each in one.leaving],
        "confirming": [confirmation(each) for each in one.confirming],
    }


def _leaving(one: VpLeaving, about: Card) -> dict[str, Any]:
    return {
        "id": one.kept.id,
        "name": about.name,
        "issuer": about.issuer,
        "self_made": about.self_made,
        "claims": one.claims,
        "staying": [{"kind": f"part-{part.kind}", "says": plain_name(part.says)} for part in one.staying],
        "fixed": [f"vp-part-{word}" for word in one.fixed],
        "shows_parts": one.shows_parts,
        "bound": one.bound,
        "again": one.again,
        "document": written(one.disclosed.document),
    }


def _shown_once(asked: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each document once, though it may stand under several demands; a query without one is told there."""
    seen: set[str] = set()
    kept_once = []
    for one in asked:
        fresh = [each for each in one["leaving"] if each["id"] not in seen]
        seen |= {each["id"] for each in fresh}
        if fresh or one["confirming"]:
            kept_once.append({**one, "leaving": fresh})
    return kept_once


def _named(one: AskedCredential, cards: dict[str, Card], renderer: Renderer, language: Language) -> str:
    """A query has no name for people: what would answer it has."""
    leaving = [cards[each.kept.id].name for each in one.leaving]
    leaving += [cards[each.kept.id].name for each in one.confirming]
    others = [cards[each.kept.id].name for each in one.alternatives]
    named = leaving or others
    return named[0] if named else renderer.say("vp-nothing-here", language)


def _as_form(choices: Choices) -> list[tuple[str, str]]:
    """The choices as the form says them."""
    return [
        *(("credential", f"{query} {each}") for query, some in choices.credentials.items() for each in some),
        *(
            ("option", f"{place} {'none' if option is None else option}")
            for place, option in choices.options.items()
        ),
        *(("without", f"{query} {claim}") for query, claim in sorted(choices.without)),
        *(("refused", each) for each in sorted(choices.refused)),
    ]
