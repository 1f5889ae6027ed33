"""Bodies of the JSON interface: closed, strict, bounded."""

from typing import Annotated, Any

from pydantic import Field

from passport.web import Body

Text = Annotated[str, Field(max_length=16_384)]
Long = Annotated[str, Field(max_length=16_000_000)]
Frames = Annotated[list[Text], Field(max_length=100)]
Ids = Annotated[list[Annotated[str, Field(max_length=2_048)]], Field(max_length=256)]


class EnterBody(Body):
    token: Text


class UnlockBody(Body):
    passphrase: Text | None = None
    recovery_words: Annotated[Text | None, Field(alias="recoveryWords")] = None
    accept_older: Annotated[bool, Field(alias="acceptOlder")] = False


class PassphraseBody(Body):
    passphrase: Text


class ChangeBody(Body):
    passphrase: Text
    """The new one."""
    old: Text = ""


class ReceiveBody(Body):
    """One of: a link, a credential or presentation, a token, QR texts, a picture in base64."""

    link: Text | None = None
    credential: dict[str, Any] | None = None
    token: Long | None = None
    """A credential as a signed token (JWT or SD-JWT)."""
    frames: Frames | None = None
    picture: Long | None = None
    tx_code: Annotated[Text | None, Field(alias="txCode")] = None


class OfferBody(Body):
    """A link to an offer, or an issuer's address; `chosen` are ids of what it has, without it all of them."""

    link: Text | None = None
    issuer: Text | None = None
    chosen: Ids | None = None
    tx_code: Annotated[Text | None, Field(alias="txCode")] = None


class SignersBody(Body):
    """Whose signature is kept after a clear yes; none is a no."""

    signers: Annotated[Ids, Field(default_factory=list)]


class AskBody(SignersBody):
    """Ask for what is late."""

    early: bool = False
    """The person's own wish not to wait until the issuer's moment."""


class AssessBody(Body):
    skills: Ids
    narrative: Text = ""


class MatchBody(Body):
    """Nothing: all occupations, the best first. Or one occupation, work near one, or a function profile."""

    occupation: Text | None = None
    near: Text | None = None
    profile: dict[str, Any] | None = None
    answers: bool = False
    """Of all occupations: count the answers of the self-assessment in the order as well."""
    most: Annotated[int, Field(ge=1, le=100)] = 20


class PresentBody(Body):
    credentials: Ids
    skills: Annotated[dict[str, Ids], Field(max_length=64)] = Field(default_factory=dict)
    """For a credential's id the skills of it to show; whole where it is not named."""


class RequestBody(Body):
    """One of: the request as JSON, its QR texts, a picture in base64."""

    request: dict[str, Any] | None = None
    frames: Frames | None = None
    picture: Long | None = None


class ApproveBody(Body):
    refused: Ids = Field(default_factory=list)
    mark: Text | None = None
    send: bool = True


class TrustListBody(Body):
    url: Text | None = None
    trust_list: Annotated[dict[str, Any] | None, Field(alias="trustList")] = None


class BackupBody(Body):
    passphrase: Text
    with_seed: Annotated[bool, Field(alias="withSeed")] = False
    current: Text = ""
    """The passphrase of the wallet itself, for the secret key."""


class FileBody(Body):
    file: Long
    """In base64."""


class VpLinkBody(Body):
    link: Annotated[str, Field(max_length=65_536)]


class VpApproveBody(Body):
    mark: Text
    """Of what the person saw; what changed since does not leave."""
    credential: Ids = Field(default_factory=list)
    option: Ids = Field(default_factory=list)
    without: Ids = Field(default_factory=list)
    refused: Ids = Field(default_factory=list)


class VpRefuseBody(Body):
    tell: bool = False
