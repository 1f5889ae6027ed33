"""Sign many documents over all cores, in order: the task of a worker, and the run over all of them."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from passport.credentials import parse_credential, parse_endorsement
from passport.credentials.endorsement import is_endorsement
from passport.errors import Invalid
from passport.json import dump, parse_object
from passport.jsonld.screen import check_structure
from passport.keys import KeyType, Signer, load_signer
from passport.proofs import add_proof
from passport.sd_jwt.disclosable import mandatory_pointers
from passport.workers.inline import Workers
from passport.workers.items import Outcome, Plain, Refused
from passport.workers.pool import Job
from passport.workers.streams import in_order

TASK = f"{__name__}:Signing"
SELECTIVE = "ecdsa-sd-2023"


class IssuerIsAnother(Invalid):
    code = "issuer_is_another"
    sentence = "The credential names another issuer than this key. Give --method."


@dataclass(frozen=True, slots=True)
class Signature:
    """How every document of one run is signed.

    A worker gets the secret over the socket pair that only it and its parent hold: it is in no argument,
    environment or file.
    """

    signer: Signer
    verification_method: str
    created: datetime
    cryptosuite: str

    def plain(self) -> Plain:
        secret: bytes = self.signer.secret  # type: ignore[attr-defined]  # a native signer holds its secret
        return (
            str(self.signer.public_key.type),
            secret,
            self.verification_method,
            self.created.timestamp(),
            self.cryptosuite,
        )


class Signing:
    """The task: an unsigned credential is read, linted and signed."""

    def __init__(self, setup: Plain) -> None:
        key_type, secret, self._method, created, self._cryptosuite = setup
        self._signer = load_signer(KeyType(key_type), secret)
        self._created = datetime.fromtimestamp(created, UTC)

    def share(self, found: Plain) -> None:
        """Nothing is shared."""

    def work(self, item: Plain) -> Plain:
        """The signed credential as bytes.

        Raises:
            Invalid: it would not verify; IssuerIsAnother: not with this key.
        """
        document = parse_object(item)
        parse = parse_endorsement if is_endorsement(document) else parse_credential
        issuer = parse(document).issuer.id
        check_structure(document)
        if self._method.split("#")[0] != issuer:
            raise IssuerIsAnother
        signed = add_proof(
            document,
            signer=self._signer,
            verification_method=self._method,
            created=self._created,
            cryptosuite=self._cryptosuite,
            # The holder may leave out what the issuer's service lets them: no end, status or owner.
            mandatory_pointers=mandatory_pointers(document) if self._cryptosuite == SELECTIVE else (),
        )
        return dump(signed)


async def sign_many(
    sources: AsyncIterator[bytes | Refused] | Iterable[bytes | Refused],
    *,
    pool: Workers,
    signature: Signature,
) -> AsyncIterator[Outcome]:
    """The signed form of every unsigned credential, in order, or `Refused` for one that can't be signed."""
    job = Job(TASK, signature.plain())
    try:
        async for outcome in in_order(pool, job, sources):
            yield outcome
    finally:
        pool.finish(job)
