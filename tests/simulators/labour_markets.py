"""Sets of labour-market data as a publisher would make them, small and made up."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from matching.market.document import Figure, Market, Measure, Region, Source, build_market, parse_market
from matching.market.periods import parse_window
from matching.market.series import GROUP
from passport.dids.did_key import create_did_key, key_method_id
from passport.json import JsonObject, dump
from passport.keys import Signer, generate_signer
from passport.proofs import add_proof

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ALL, UTRECHT, ZEELAND = "NL", "NL31", "NL34"
REGIONS = (
    Region(ALL, "Nederland"),
    Region(UTRECHT, "Utrecht", 52.09, 5.12, ALL),
    Region(ZEELAND, "Zeeland", 51.50, 3.85, ALL),
)
CARPENTERS = f"{GROUP}7115"


def market_document(
    figures: Mapping[tuple[str, str], tuple[Sequence[int | None], Sequence[int | None]]],
    *,
    first: str = "2023-Q1",
    last: str = "2025-Q4",
    publisher: str = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
    measure: Measure = Measure.PUBLISHED,
    regions: Sequence[Region] = REGIONS,
    **changed: object,
) -> JsonObject:
    """An unsigned set: figures by occupation and region as vacancies and seekers."""
    return build_market(
        **{  # type: ignore[arg-type]
            "set_id": "https://statistics.example/labour-market",
            "version": 1,
            "name": {"en": "Made-up labour market", "nl": "Verzonnen arbeidsmarkt"},
            "publisher": publisher,
            "publisher_name": "A statistics office",
            "source": Source(
                {"en": "Counts of vacancies", "nl": "Telling van vacatures"},
                "https://statistics.example/",
                "CC BY 4.0",
            ),
            "synthetic": True,
            "method": {"en": "Made by a program.", "nl": "Gemaakt door een programma."},
            "measure": measure,
            "design_effect": 1.0,
            "first": parse_window(first),
            "last": parse_window(last),
            "region_scheme": "NUTS 2021",
            "regions": regions,
            "figures": [
                Figure(occupation, region, tuple(vacancies), tuple(seekers))
                for (occupation, region), (vacancies, seekers) in figures.items()
            ],
            "dropped": {},
            "valid_from": NOW - timedelta(days=30),
            "valid_until": NOW + timedelta(days=335),
            **changed,
        }
    )


def market_of(
    figures: Mapping[tuple[str, str], tuple[Sequence[int | None], Sequence[int | None]]], **changed: object
) -> Market:
    return parse_market(market_document(figures, **changed))  # type: ignore[arg-type]


def shrinking(windows: int = 12, start: int = 800) -> list[int]:
    """Counts that lose a twelfth each window."""
    return [round(start * (11 / 12) ** place) for place in range(windows)]


def signed_market(document: JsonObject, signer: Signer | None = None, *, created: datetime = NOW) -> bytes:
    """The set under a key's own name."""
    key = signer or generate_signer()
    did = create_did_key(key.public_key)
    named = {**document, "publisher": {**document["publisher"], "id": did}}
    return dump(
        add_proof(
            named,
            signer=key,
            verification_method=key_method_id(did),
            created=created,
            cryptosuite="eddsa-jcs-2022",
        )
    )
