"""What every route works with: settings, secrets, clock, caches. Made once, when the application is made."""

from dataclasses import dataclass, field

from issuer.addresses import Addresses
from issuer.faults import Faults
from issuer.organisations.accounts import ApiKeys
from issuer.secrets import MasterSecret
from issuer.settings import Settings
from issuer.status.cache import ListCache
from passport.clock import Clock, utc_now


@dataclass(slots=True)
class Service:
    settings: Settings
    master: MasterSecret
    bootstrap: bytes = field(repr=False)
    addresses: Addresses
    faults: Faults
    api_keys: ApiKeys = field(default_factory=ApiKeys)
    lists: ListCache = field(default_factory=ListCache)
    clock: Clock = utc_now
