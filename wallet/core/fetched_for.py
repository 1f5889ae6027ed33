"""Which fetched documents (keys, status lists) only what is forgotten needed: they tell whom it came from."""

from collections.abc import Collection
from dataclasses import dataclass, field

from passport.documents import DocumentCache, Fetched
from passport.verification import Context, verify_credential, verify_endorsement
from wallet.core.market_kept import markets
from wallet.core.plan.catalogues import catalogues
from wallet.core.shelf import trust
from wallet.core.skill_maps import skill_maps
from wallet.core.wallet import Kind, Wallet

_CHECKED = {
    Kind.CREDENTIAL: verify_credential,
    Kind.FORM: verify_credential,
    Kind.ENDORSEMENT: verify_endorsement,
}


@dataclass(slots=True)
class Noted(DocumentCache):
    """A cache that notes which documents were asked for."""

    used: set[str] = field(default_factory=set)

    def get(self, url: str) -> Fetched:
        self.used.add(url)
        return DocumentCache.get(self, url)


def fetched_only_for(wallet: Wallet, gone: Collection[tuple[str, str]]) -> set[str]:
    """The addresses of kept documents that checks of what goes ask for, and checks of what stays do not."""
    going, staying = Noted(wallet.documents().at_hand), Noted(wallet.documents().at_hand)
    for kind, check in _CHECKED.items():
        for record, source in wallet.vault.of_kind(kind).items():
            documents = going if (kind, record) in gone else staying
            certificates = wallet.certificates
            check(source, Context(documents, wallet.now(), as_holder=True, certificates=certificates))
    trust(wallet, staying)
    skill_maps(wallet, staying)
    catalogues(wallet, staying)
    markets(wallet, staying)
    return (going.used - staying.used) & wallet.vault.of_kind(Kind.DOCUMENT).keys()
