"""The way to the network on a phone: the browser's own, by way of the keeper."""

from dataclasses import dataclass, field

from passport.texts import Language
from wallet.phone.host import Bridge


@dataclass(slots=True)
class PhoneOutside:
    """Implements wallet.desk.ports.Outside."""

    bridge: Bridge = field(repr=False)
    language: Language = Language.NL
