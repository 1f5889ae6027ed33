"""Every public address of the service, in one place: they stand in signed documents for ever."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from passport.dids import create_did_web


@dataclass(frozen=True, slots=True)
class Addresses:
    origin: str
    """Scheme, host and perhaps a port, without a slash at the end."""

    def did(self, slug: str) -> str:
        return create_did_web(urlsplit(self.origin).netloc, "o", slug)

    def issuer(self, slug: str) -> str:
        """The credential_issuer of OpenID4VCI."""
        return f"{self.origin}/o/{slug}"

    def achievement(self, slug: str, achievement_id: str) -> str:
        return f"{self.issuer(slug)}/achievements/{achievement_id}"

    def credential_type(self, slug: str, achievement_id: str) -> str:
        """The `vct` of its credentials in the form dc+sd-jwt, which serves the type's metadata."""
        return f"{self.achievement(slug, achievement_id)}/type"

    def evidence(self, slug: str, evidence_id: str) -> str:
        return f"{self.issuer(slug)}/evidence/{evidence_id}"

    def confirmation(self, slug: str, confirmation_id: str) -> str:
        """Where the worker who asked hears of it."""
        return f"{self.issuer(slug)}/confirmations/{confirmation_id}"

    def confirmation_file(self, slug: str, confirmation_id: str, number: int) -> str:
        """A supervisor's record, as it is called in what is signed; only who asked can fetch it."""
        return f"{self.confirmation(slug, confirmation_id)}/files/{number}"

    def status(self, slug: str, number: int) -> str:
        return f"{self.issuer(slug)}/status/{number}"

    def token_status(self, slug: str, number: int) -> str:
        """The Token Status List that says of a block of places what its bitstrings say together."""
        return f"{self.issuer(slug)}/token-status/{number}"

    def offer(self, slug: str, offer_id: str) -> str:
        """Where a wallet fetches the offer."""
        return f"{self.issuer(slug)}/offers/{offer_id}"

    def offer_page(self, offer_id: str) -> str:
        """Where a person sees it."""
        return f"{self.origin}/offers/{offer_id}"
