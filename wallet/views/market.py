"""Pages of labour-market data: the set in use, where the person wants to work, and one occupation."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from matching.errors import UnknownOccupation
from matching.market.backtest import backtest
from matching.market.outlook import Outlook
from matching.market.picture import draw_series
from matching.market.signed import SignedMarket
from matching.market.wording import window_words
from matching.score import rank
from matching.taxonomy.compact import Taxonomy
from passport.clock import format_datetime
from passport.texts import Language
from wallet.core.finding import find_occupations
from wallet.core.market_kept import (
    KILOMETRES,
    market_record,
    markets,
    months_old,
    outlooks,
    outlooks_by_source,
    reach,
    regions_in_reach,
)
from wallet.core.plain_text import plain_name, plain_text
from wallet.core.profile import profile_of
from wallet.core.wallet import Wallet
from wallet.views.rendering import Page, Renderer

_FEW = 3
"""Regions of a set that are named where it is about no others."""
NEAR = 10
"""Occupations near the person's skills that are shown with what is known of demand."""


def market(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    taxonomy: Taxonomy,
    *,
    query: str = "",
    error: str = "",
    status: int = 200,
) -> Page:
    """The sets, or that there is none; work near the person's skills, or what a search found."""
    every = [about(signed, wallet, language) for signed in markets(wallet)]
    of = outlooks(wallet, taxonomy)
    if query:
        listed = list(find_occupations(taxonomy, query, language))
    else:
        near = rank(profile_of(wallet).weights, taxonomy)[:NEAR]
        listed = [(one.occupation, taxonomy.label(one.occupation, language)) for one in near if one.score > 0]
    return renderer.page(
        "market.html",
        language,
        status=status,
        here="/market",
        again=[("q", query)] if query else (),
        error=error,
        query=query,
        found=next(iter(every), None),
        others=every[1:],
        regions=_regions(wallet),
        listed=[(label, of(iri)) for iri, label in listed] if every else [],
        reach=reach(wallet),
        kilometres=KILOMETRES,
    )


def occupation(renderer: Renderer, language: Language, wallet: Wallet, taxonomy: Taxonomy, iri: str) -> Page:
    """All that a set says of one occupation, with the figures it was made of, and the others beside it.

    Raises:
        UnknownOccupation: the address names neither an occupation nor a group; what it says is not repeated.
    """
    label = taxonomy.label(iri, language)
    if label == iri:
        raise UnknownOccupation
    found = outlooks(wallet, taxonomy)(iri)
    every = {id(signed.market): signed for signed in markets(wallet)}
    signed = every.get(id(found.market))
    return renderer.page(
        "market-occupation.html",
        language,
        again=[("iri", iri)],
        label=label,
        iri=iri,
        one=found,
        found=None if signed is None else about(signed, wallet, language),
        others=[
            (one, about(every[id(one.market)], wallet, language))
            for one in outlooks_by_source(wallet, taxonomy, iri)
            if one.market is not found.market
        ],
        drawing=drawing(found, language),
        rows=_rows(found, language),
    )


def about(signed: SignedMarket, wallet: Wallet, language: Language) -> Mapping[str, object]:
    """Whose figures they are, as plain text, with the back-test over the regions that the person wants."""
    one = signed.market
    codes = regions_in_reach(wallet, one)
    return {
        "market": one,
        "record": market_record(one),
        "months": months_old(one, wallet.now().date()),
        "authentic": signed.authentic,
        "in_force": one.in_force(wallet.now()),
        "name": plain_name(_in(one.name, language)),
        "publisher": plain_name(one.publisher_name),
        "source": plain_name(_in(one.source.name, language)),
        "licence": plain_name(one.source.licence),
        "method": plain_text(_in(one.method, language)),
        "scheme": plain_name(one.region_scheme),
        "since": format_datetime(one.valid_from),
        "until": format_datetime(one.valid_until),
        "first": window_words(one.first, language),
        "last": window_words(one.last, language),
        "reached": [plain_name(one.by_code[code].name) for code in codes],
        "few": [plain_name(region.name) for region in one.regions] if len(one.regions) <= _FEW else [],
        "tested": backtest(one, codes),
    }


def drawing(found: Outlook, language: Language, name: str = "demand") -> Markup:
    """The figures drawn; nothing where there are none."""
    if found.series is None:
        return Markup("")
    return Markup(draw_series(found.series, language, name=name))  # noqa: S704  # escaped there


def _rows(found: Outlook, language: Language) -> Sequence[tuple[str, int | None, int | None]]:
    if found.series is None:
        return ()
    one = found.series
    return [
        (window_words(one.first.later(place), language), *counts)
        for place, counts in enumerate(zip(one.vacancies, one.seekers, strict=True))
    ]


def _regions(wallet: Wallet) -> list[tuple[str, str]]:
    """Where the person can want to work: what any of the sets knows; of one code the first set's name."""
    named: dict[str, str] = {}
    for signed in markets(wallet):
        for region in signed.market.regions:
            named.setdefault(region.code, plain_name(region.name))
    return sorted(named.items(), key=lambda each: each[1])


def _in(names: Mapping[str, str], language: Language) -> str:
    return names.get(language) or next(iter(names.values()))
