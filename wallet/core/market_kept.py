"""The sets of labour-market data in the wallet, and where the person wants to work. Nothing of it leaves.

Of each publisher's set the newest is kept. Each is verified when it comes in and whenever it is read: whose
word it is, and if they still stand by it. Numbers of two sources are never added up: for an occupation one
of them speaks, and the others are shown beside it.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching.market.document import Market, parse_market
from matching.market.outlook import Outlook, OutlookOf, no_outlook, outlook, unchecked_outlook
from matching.market.regions import within_reach
from matching.market.signed import SignedMarket, verify_market
from matching.taxonomy.compact import Taxonomy
from passport.answers import Answer
from passport.documents import DocumentCache, Documents
from passport.errors import Indeterminate, PassportError
from passport.json import canonicalize
from passport.verification import Context
from wallet.core import limits
from wallet.core.unsure import check_incoming
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors_market import MarketDataRollback, NotATravelDistance, TooManyMarkets, UnknownMarket

KILOMETRES = (0, 15, 30, 50, 75, 100, 150)
"""What can be chosen; 0 is the home region alone."""
_REACH = "market-reach"
_MEMORY = "markets"
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the person wants to work: a region, and how far from its middle."""

    home: str
    kilometres: int


def verify_incoming_market(wallet: Wallet, source: bytes, documents: Documents) -> SignedMarket:
    """Verify a set that came in against the one of its name; whoever signed it is shown to the person.

    Raises:
        MarketDataRollback: an older version, or the same one with another content.
        Indeterminate: it can't be checked, and another version of it is here.
        PassportError: what parsing and verifying raise.
    """
    known = wallet.vault.of_kind(Kind.MARKET).get(market_record(parse_market(source)))
    found, _ = check_incoming(
        lambda: verify_market(source, context=Context(documents, wallet.now())),
        lambda: SignedMarket(parse_market(source), Answer.CANNOT_TELL),
        held=known is not None,
        authentic=lambda one: one.authentic,
    )
    if known is not None:
        held, new = parse_market(known), found.market
        if new.version < held.version or (new.version == held.version and _content(held) != _content(new)):
            raise MarketDataRollback
    return found


def keep_market(wallet: Wallet, source: bytes) -> None:
    """Keep a set that was verified, in the place of an older one of its name; raises TooManyMarkets."""
    record, here = market_record(parse_market(source)), wallet.vault.of_kind(Kind.MARKET)
    if record not in here and len(here) >= limits.MARKETS:
        raise TooManyMarkets(limit=limits.MARKETS)
    if here.get(record) != source:
        wallet.save({(Kind.MARKET, record): source})


def forget_market(wallet: Wallet, record: str | None = None) -> Records:
    """Erase a set, or all; without one there is nothing to erase.

    Raises:
        UnknownMarket
    """
    here = wallet.vault.of_kind(Kind.MARKET)
    if record is not None and record not in here:
        raise UnknownMarket
    gone = frozenset((Kind.MARKET, each) for each in here if record in {None, each})
    return wallet.erase(gone) if gone else {}


def markets(wallet: Wallet, documents: DocumentCache | None = None) -> tuple[SignedMarket, ...]:
    """The sets, the one that speaks first in front; one whose signature does not hold any more is left out.

    In front stands what is verified, in force, not made up, and knows the person's region (or most regions,
    where the person would work anywhere), with the latest figures.
    """
    if documents is None and _MEMORY in wallet.memory:
        kept: tuple[SignedMarket, ...] = wallet.memory[_MEMORY]
        return kept
    context = Context(wallet.documents() if documents is None else documents, wallet.now())
    sources = wallet.vault.of_kind(Kind.MARKET).values()
    found = [one for one in (_verified(source, context) for source in sources) if one is not None]
    wanted = reach(wallet)

    def place(one: SignedMarket) -> tuple[bool, bool, bool, bool, int, int, str, str]:
        market = one.market
        return (
            one.authentic is not Answer.YES,
            not market.in_force(wallet.now()),
            market.synthetic,
            wanted is not None and wanted.home not in market.by_code,
            -len(market.regions) if wanted is None else 0,
            -market.last.until.toordinal(),
            market.id,
            market.publisher,
        )

    ordered = tuple(sorted(found, key=place))
    if documents is None:
        wallet.memory[_MEMORY] = ordered
    return ordered


def market_in_use(wallet: Wallet) -> SignedMarket | None:
    """The set in front; None without one."""
    return next(iter(markets(wallet)), None)


def market_record(market: Market) -> str:
    """The vault's id for all versions of a publisher's set: nobody else's takes its place."""
    named = json.dumps([market.publisher, market.id]).encode("utf-8")
    return hashlib.sha256(named).hexdigest()[:32]


def months_old(market: Market, today: date) -> int:
    """Whole months since the end of its last window."""
    end = market.last.until
    return max(0, (today.year - end.year) * _MONTHS + today.month - end.month - (today.day < end.day))


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
    known = any(home in one.market.by_code for one in markets(wallet))
    if kilometres not in KILOMETRES or not known:
        raise NotATravelDistance
    wallet.save({record: as_json({"home": home, "kilometres": kilometres})})


def regions_in_reach(wallet: Wallet, market: Market) -> Sequence[str]:
    """The regions of this set that the person wants; none where that is everywhere, or not in this set."""
    wanted = reach(wallet)
    if wanted is None or wanted.home not in market.by_code:
        return ()
    return within_reach(market, wanted.home, wanted.kilometres)


def outlooks(wallet: Wallet, taxonomy: Taxonomy) -> OutlookOf:
    """What is known of the demand for an occupation: by the first set, in their order, that has figures."""
    every = [outlook_by(wallet, signed, taxonomy) for signed in markets(wallet)] or [no_outlook]

    def of(occupation: str) -> Outlook:
        found = (one(occupation) for one in every)
        return next((one for one in found if one.series is not None), every[0](occupation))

    return of


def outlooks_by_source(wallet: Wallet, taxonomy: Taxonomy, occupation: str) -> Sequence[Outlook]:
    """What each set says of an occupation, in the order of `markets`, never added up."""
    return [outlook_by(wallet, signed, taxonomy)(occupation) for signed in markets(wallet)]


def outlook_by(wallet: Wallet, signed: SignedMarket | None, taxonomy: Taxonomy) -> OutlookOf:
    """What one set says, where the person wants to work; nothing where its signature can't be checked."""
    if signed is None:
        return no_outlook
    market = signed.market
    if signed.authentic is not Answer.YES:
        return unchecked_outlook(market)
    codes = regions_in_reach(wallet, market)
    return lambda occupation: outlook(occupation, market, taxonomy, now=wallet.now(), regions=codes)


def _verified(source: bytes, context: Context) -> SignedMarket | None:
    try:
        return verify_market(source, context=context)
    except Indeterminate:  # it waits: its key is not at hand at this moment
        return SignedMarket(parse_market(source), Answer.CANNOT_TELL)
    except PassportError:
        return None


def _content(market: Market) -> bytes:
    return canonicalize({name: value for name, value in market.document.items() if name != "proof"})
