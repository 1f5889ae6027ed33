"""The set of labour-market data in the wallet, and where the person wants to work. Nothing of it leaves.

One set is in use. It is verified when it comes in and whenever it is read: whose word it is, and if they
still stand by it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from matching.market.document import Market, parse_market
from matching.market.outlook import OutlookOf, outlook_of
from matching.market.regions import within_reach
from matching.market.signed import SignedMarket, verify_market
from matching.taxonomy.compact import Taxonomy
from passport.answers import Answer
from passport.documents import DocumentCache, Documents
from passport.errors import Indeterminate, PassportError
from passport.json import canonicalize
from passport.verification import Context
from wallet.core.wallet import FIRST, Kind, Records, Wallet, as_json
from wallet.errors_market import MarketDataNotChecked, MarketDataRollback, NotATravelDistance

KILOMETRES = (0, 15, 30, 50, 75, 100, 150)
"""What can be chosen; 0 is the home region alone."""
_REACH = "market-reach"
_MEMORY = "market"


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the person wants to work: a region, and how far from its middle."""

    home: str
    kilometres: int


def verify_incoming_market(wallet: Wallet, source: bytes, documents: Documents) -> SignedMarket:
    """Verify a set that came in against the one that is here; whoever signed it is shown to the person.

    Raises:
        MarketDataNotChecked: this host can't check the signature; unsigned figures are not shown.
        MarketDataRollback: an older version, or the same one with another content.
        PassportError: what parsing and verifying raise.
    """
    found = verify_market(source, context=Context(documents, wallet.now()))
    if found.authentic is not Answer.YES:
        raise MarketDataNotChecked
    held = market_in_use(wallet)
    if held is not None:
        known, new = held.market, found.market
        same = (known.id, known.publisher) == (new.id, new.publisher)
        if same and new.version < known.version:
            raise MarketDataRollback
        if same and new.version == known.version and _content(known) != _content(new):
            raise MarketDataRollback
    return found


def keep_market(wallet: Wallet, source: bytes) -> None:
    """Keep a set that was verified, in the place of the one before."""
    wallet.save({(Kind.MARKET, FIRST): source})


def forget_market(wallet: Wallet) -> Records:
    """Erase the set; without one there is nothing to erase."""
    gone = frozenset({(Kind.MARKET, FIRST)} if FIRST in wallet.vault.of_kind(Kind.MARKET) else ())
    return wallet.erase(gone) if gone else {}


def market_in_use(wallet: Wallet, documents: DocumentCache | None = None) -> SignedMarket | None:
    """The set; None without one, and where its publisher's signature does not hold any more."""
    source = wallet.vault.of_kind(Kind.MARKET).get(FIRST)
    if source is None:
        return None
    if documents is None and _MEMORY in wallet.memory:
        kept: SignedMarket | None = wallet.memory[_MEMORY]
        return kept
    found = _verified(source, Context(documents or wallet.documents(), wallet.now()))
    if documents is None:
        wallet.memory[_MEMORY] = found
    return found


def reach(wallet: Wallet) -> Reach | None:
    """Where the person wants to work; None is everywhere."""
    found = wallet.vault.of_kind(Kind.SETTING).get(_REACH)
    if found is None:
        return None
    kept = json.loads(found)
    return Reach(str(kept["home"]), int(kept["kilometres"]))


def keep_reach(wallet: Wallet, home: str, kilometres: int) -> None:
    """Keep where the person wants to work; an empty region is everywhere.

    Raises:
        NotATravelDistance
    """
    record = (Kind.SETTING, _REACH)
    if not home:
        wallet.save(remove=frozenset({record} if _REACH in wallet.vault.of_kind(Kind.SETTING) else ()))
        return
    signed = market_in_use(wallet)
    if kilometres not in KILOMETRES or signed is None or home not in signed.market.by_code:
        raise NotATravelDistance
    wallet.save({record: as_json({"home": home, "kilometres": kilometres})})


def regions_in_reach(wallet: Wallet, market: Market) -> Sequence[str]:
    """The regions of this set that the person wants; none where that is everywhere, or not in this set."""
    wanted = reach(wallet)
    if wanted is None or wanted.home not in market.by_code:
        return ()
    return within_reach(market, wanted.home, wanted.kilometres)


def outlooks(wallet: Wallet, taxonomy: Taxonomy) -> OutlookOf:
    """What is known of the demand for an occupation, by the set in use and where the person wants to work."""
    signed = market_in_use(wallet)
    market = None if signed is None else signed.market
    regions = () if market is None else regions_in_reach(wallet, market)
    return outlook_of(market, taxonomy, now=wallet.now(), regions=regions)


def _verified(source: bytes, context: Context) -> SignedMarket | None:
    try:
        return verify_market(source, context=context)
    except Indeterminate:  # it was checked when it came in; its key is not at hand at this moment
        return SignedMarket(parse_market(source), Answer.CANNOT_TELL)
    except PassportError:
        return None


def _content(market: Market) -> bytes:
    return canonicalize({name: value for name, value in market.document.items() if name != "proof"})
