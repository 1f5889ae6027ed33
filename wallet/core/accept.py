"""Taking a credential in: verified first, kept only if it is genuine and this person's."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from passport.answers import Answer
from passport.clock import format_datetime
from passport.documents import Documents
from passport.encoding import check_digest_multibase
from passport.errors import Invalid
from passport.verification import Context, CredentialReport, verify_credential
from wallet.core import limits
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors import (
    AttachmentMismatch,
    CredentialNotGenuine,
    NotForThisHolder,
    NotGood,
    NothingReceived,
    NotOffered,
    UnknownEvidence,
)

_UNREADABLE = frozenset({"readable"})


@dataclass(frozen=True, slots=True)
class Offered:
    """What the issuer said that it would give: the credential must be that and nothing else."""

    issuer: str
    """The issuer's DID."""
    types: Collection[str]
    host: str
    """Where it came from."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A credential that may be kept. `answer` is cannot tell for one that is only put aside."""

    id: str
    source: bytes
    report: CredentialReport
    host: str | None

    @property
    def answer(self) -> Answer:
        if self.report.credential is None:
            return Answer.CANNOT_TELL
        return self.report.credential.standing


def examine(
    source: bytes, documents: Documents, wallet: Wallet, *, offered: Offered | None = None
) -> Examined:
    """Verify what came in, against what was offered where something was; writes nothing.

    1. genuine: proved false is refused, could not be checked is put aside
    2. made out to this wallet's holder
    3. from the issuer that offered it, of the kind that was offered
    4. an offered one must be in good standing on the day that it is given

    Raises:
        NothingReceived, CredentialNotGenuine, NotForThisHolder, NotOffered, NotGood.
    """
    report = verify_credential(source, Context(documents, wallet.now()))
    # 1
    if report.parsed is None:
        raise NothingReceived from report.error
    if report.credential is None:
        refused = next((check for check in report.checks if check.answer is Answer.NO), None)
        if refused is not None and refused.code not in {"validity_period", "status"}:
            raise CredentialNotGenuine(check=refused.code, reason=refused.reason.code) from report.error
    # 2
    if report.parsed.subject.id != wallet.did:
        raise NotForThisHolder
    # 3, 4
    if offered is not None:
        if report.parsed.issuer.id != offered.issuer or not set(offered.types) <= set(report.parsed.types):
            raise NotOffered
        if report.credential is not None and report.credential.standing is Answer.NO:
            raise NotGood(reason=report.credential.standing_reasons[0].code)
    return Examined(record_id(source), source, report, None if offered is None else offered.host)


def keep(wallet: Wallet, examined: Collection[Examined], files: Records | None = None) -> None:
    """Write everything that was examined in one revision; the same credential again changes nothing.

    Raises:
        VaultNotSaved, VaultTooLarge: nothing is kept.
    """
    here = wallet.vault.of_kind(Kind.CREDENTIAL)
    put: dict[tuple[str, str], bytes] = dict(files or {})
    for one in examined:
        if one.id in here:
            continue
        put[Kind.CREDENTIAL, one.id] = one.source
        put[Kind.RECEIPT, one.id] = as_json({"receivedAt": format_datetime(wallet.now()), "host": one.host})
    if put:
        wallet.save(put)


def evidence_record(report: CredentialReport, evidence_id: str, data: bytes) -> Records:
    """A record for an evidence file, when it is the very file that the credential's signature covers.

    Raises:
        UnknownEvidence: the credential binds no file of that id.
        AttachmentMismatch: the file is another one, or too large.
    """
    parsed = report.parsed
    bound = [] if parsed is None else [one for one in parsed.related_resources if one.id == evidence_id]
    if not bound:
        raise UnknownEvidence
    if len(data) > limits.EVIDENCE_FILE:
        raise AttachmentMismatch(limit=limits.EVIDENCE_FILE)
    for resource in bound:
        if resource.digest_multibase is None:
            raise UnknownEvidence
        try:
            check_digest_multibase(data, resource.digest_multibase)
        except Invalid:
            raise AttachmentMismatch from None
    return {(Kind.FILE, evidence_id): data}


def attach(wallet: Wallet, data: bytes) -> str:
    """Keep a file as the evidence that some credential here names by its digest; gives the evidence's id.

    Raises:
        UnknownEvidence: no credential in the wallet binds this very file.
    """
    from wallet.core.shelf import kept

    for one in kept(wallet):
        for resource in () if one.report.parsed is None else one.report.parsed.related_resources:
            try:
                wallet.save(evidence_record(one.report, resource.id, data))
            except (AttachmentMismatch, UnknownEvidence):
                continue
            return resource.id
    raise UnknownEvidence


def remove(wallet: Wallet, record: str) -> None:
    """Forget a credential; raises UnknownRecord."""
    wallet.vault.get(Kind.CREDENTIAL, record)
    wallet.save(remove=frozenset({(Kind.CREDENTIAL, record), (Kind.RECEIPT, record)}))


def record_id(source: bytes) -> str:
    """The wallet's own name for a credential: short, from its bytes, fit for an address."""
    return hashlib.sha256(source).hexdigest()[:32]
