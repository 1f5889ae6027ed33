"""What every route works with: settings, secrets, clock, caches. Made once, when the application is made."""

from dataclasses import dataclass, field
from datetime import datetime

from fastapi import Request

from issuer.addresses import Addresses
from issuer.authorization.begun import Begun
from issuer.faults import Faults
from issuer.mail import Mailer
from issuer.open_badges_api.limits import REGISTRATIONS
from issuer.secrets import MasterSecret
from issuer.settings import Settings
from issuer.sign_in.tries import Tries
from issuer.status.cache import ListCache
from issuer.turns import Turns
from issuer.validation.checking import Checker
from passport.clock import Clock, utc_now
from passport.storage.counted import StoredCounts
from passport.web.api_keys import ApiKeyChecker
from passport.web.peer import networks_of
from passport.webhooks import Webhooks


def to_the_millisecond() -> datetime:
    """As the store keeps it, so that what is said at once and what is read again are the same moment."""
    now = utc_now()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


@dataclass(slots=True)
class Service:
    settings: Settings
    master: MasterSecret
    bootstrap: str = field(repr=False)
    addresses: Addresses
    faults: Faults
    mailer: Mailer
    checker: Checker
    webhooks: Webhooks
    api_keys: ApiKeyChecker = field(default_factory=ApiKeyChecker)
    lists: ListCache = field(default_factory=ListCache)
    turns: Turns = field(default_factory=Turns)
    begun: Begun = field(default_factory=Begun)
    registered: Begun = field(default_factory=lambda: Begun(REGISTRATIONS))
    clock: Clock = to_the_millisecond
    tries: Tries = field(init=False)

    def __post_init__(self) -> None:
        self.tries = Tries(StoredCounts(), lambda what: self.master.code("sign-in-tries", what).hex())

    def networks_of(self, request: Request) -> tuple[str, ...]:
        """From where a request comes, for counting."""
        return networks_of(request, behind_proxy=self.settings.behind_proxy)
