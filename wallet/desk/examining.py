"""Examine what an issuer sent: against what it offered, and for the key that was proved to it."""

from dataclasses import dataclass, field

from passport.documents import DocumentCache
from passport.errors import Invalid
from passport.openid4vc import CredentialConfiguration
from wallet.core.accept import Examined, Offered, examine
from wallet.core.claiming.tie import is_tied
from wallet.core.forms import read_credential
from wallet.core.holder import Holder
from wallet.core.wallet import Wallet
from wallet.desk.outside import Outside
from wallet.errors import NotOffered


@dataclass(slots=True)
class Examiner:
    """Of one offer; remembers which documents it took, and whose signature nothing ties to the offer."""

    credential_issuer: str
    wallet: Wallet
    outside: Outside
    taken: DocumentCache = field(default_factory=DocumentCache)
    untied: set[str] = field(default_factory=set)

    async def examine(
        self, source: bytes, configuration: CredentialConfiguration, holder: Holder
    ) -> Examined:
        """Raises as `wallet.core.accept.examine`, and NotOffered for what can't be read."""
        return await self.examine_as(source, self._offered(source, configuration, holder))

    async def examine_as(self, source: bytes, offered: Offered) -> Examined:
        """Against what was written down when it was asked for."""
        one, documents = await self.outside.examine(
            lambda at_hand: examine(source, at_hand, self.wallet, offered=offered), self.wallet.documents()
        )
        self.taken.at_hand.update(documents.at_hand)
        if not is_tied(offered.issuer, self.credential_issuer):
            self.untied.add(offered.issuer)
        return one

    def _offered(self, source: bytes, configuration: CredentialConfiguration, holder: Holder) -> Offered:
        return Offered(
            issuer_of(source),
            configuration.types,
            self.host,
            configuration.form,
            holder=holder,
            vct=configuration.vct,
        )

    @property
    def host(self) -> str:
        return self.credential_issuer.partition("://")[2].partition("/")[0]


def issuer_of(source: bytes) -> str:
    """Who a credential says that its issuer is; raises NotOffered for what is no credential."""
    try:
        return read_credential(source).issuer.id
    except Invalid:
        raise NotOffered from None
