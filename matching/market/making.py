"""A signed set from a table, a description and regions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from matching.market.about import About
from matching.market.document import Region, build_market
from matching.market.errors import MarketDataTooLarge
from matching.market.table import Table
from passport.dids.did_key import create_did_key
from passport.keys import Signer
from passport.limits import PUBLISHED
from passport.statements import sign_statement


@dataclass(frozen=True, slots=True)
class Made:
    """A set as it is published."""

    source: bytes
    publisher: str


def make_market(
    table: Table,
    about: About,
    regions: tuple[Region, ...],
    *,
    signer: Signer,
    created: datetime,
    lasts: timedelta,
) -> Made:
    """Build and sign: the same input, key and moment give the same bytes.

    Without regions those of the table are taken, each under its code alone.

    Raises:
        MalformedMarketData: something of the description would not be read back.
        MarketDataTooLarge
    """
    publisher = create_did_key(signer.public_key)
    codes = sorted({figure.region for figure in table.figures})
    document = build_market(
        set_id=about.id,
        version=about.version,
        name=about.name,
        publisher=publisher,
        publisher_name=about.publisher,
        source=about.source,
        synthetic=about.synthetic,
        method=about.method,
        measure=about.measure,
        design_effect=about.design_effect,
        first=table.first,
        last=table.last,
        region_scheme=about.region_scheme,
        regions=regions or tuple(Region(code, code) for code in codes),
        figures=table.figures,
        dropped=table.dropped,
        valid_from=created,
        valid_until=created + lasts,
    )
    source = sign_statement(document, signer=signer, created=created)
    if len(source) > PUBLISHED.size:
        raise MarketDataTooLarge(limit=PUBLISHED.size)
    return Made(source, publisher)
