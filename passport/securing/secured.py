"""What a secured document is, before anything is verified: the form it came in, and what it says."""

from dataclasses import dataclass

from passport.credentials.form import Form
from passport.jose.vc_jwt import JwtDocument
from passport.json import JsonObject
from passport.sd_jwt.credential import SdJwtDocument


@dataclass(frozen=True, slots=True)
class Secured:
    """A document in one of the forms. Read is not verified.

    `document` is what it says, as JSON; `source` the text as it came, without blanks around a token.
    """

    form: Form
    document: JsonObject
    source: bytes
    token: JwtDocument | SdJwtDocument | None = None
    """The token that it came as; None where the document carries its own proof."""
