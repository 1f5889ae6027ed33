"""Taking a credential in: verified first, kept only if it is genuine and this person's."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from passport.answers import Answer
from passport.clock import format_datetime
from passport.credentials import Credential, Form
from passport.documents import Documents
from passport.encoding import check_digest_multibase
from passport.errors import Invalid
from passport.sd_jwt.credential import SdJwtDocument
from passport.securing import read_secured
from passport.verification import Context, CredentialReport, verify_credential
from wallet.core import limits
from wallet.core.forms import (
    KeptForm,
    name_of,
    preferred,
    read_credential,
    same_credential,
    same_statements,
)
from wallet.core.holder import Holder
from wallet.core.holding import bound_name
from wallet.core.shelf import Kept, kept, kept_one
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors import (
    AttachmentMismatch,
    CredentialNotGenuine,
    FormDisagrees,
    NotForThisHolder,
    NotGood,
    NothingReceived,
    NotOffered,
    UnknownEvidence,
)
from wallet.errors_claiming import AnotherVct

_STANDING = frozenset({"validity_period", "status"})


@dataclass(frozen=True, slots=True)
class Offered:
    """What the issuer said that it would give: the credential must be that and nothing else."""

    issuer: str
    """The issuer's DID, or its address."""
    types: Collection[str]
    host: str
    """Where it came from."""
    form: Form = Form.LDP_VC
    holder: Holder | None = None
    """The key that was proved to the issuer; None takes any of the wallet's."""
    vct: str | None = None
    """The type that a dc+sd-jwt must have."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A credential that may be kept. `answer` is cannot tell for one that is only put aside."""

    id: str
    source: bytes
    report: CredentialReport
    host: str | None
    forms: tuple[KeptForm, ...]
    """The forms that came in: the first is `source`."""
    replaces: bool = False
    """What was here under its name could not be shown to be genuine, and this is."""

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
    2. bound to a key of this wallet
    3. from the issuer that offered it, of the kind and in the form that was offered
    4. an offered one must be in good standing on the day that it is given
    5. another form of a credential that is here says the same; the same form, issued anew, may not

    Raises:
        NothingReceived, CredentialNotGenuine, NotForThisHolder, NotOffered, AnotherVct,
        NotGood, FormDisagrees.
    """
    report = verify_credential(
        source, Context(documents, wallet.now(), as_holder=True, certificates=wallet.certificates)
    )
    # 1
    if report.parsed is None:
        raise NothingReceived from report.error
    if report.credential is None:
        refused = next((check for check in report.checks if check.answer is Answer.NO), None)
        if refused is not None and refused.code not in _STANDING:
            raise CredentialNotGenuine(check=refused.code, reason=refused.reason.code) from report.error
    # 2
    held = report.parsed.source  # out of its envelope, where it came in one
    asked = wallet.keys if offered is None or offered.holder is None else (offered.holder.public_key,)
    if bound_name(asked, held, report.parsed) is None:
        raise NotForThisHolder
    # 3, 4
    if offered is not None:
        if report.parsed.issuer.id != offered.issuer or not set(offered.types) <= set(report.parsed.types):
            raise NotOffered
        if report.parsed.form is not offered.form:
            raise NotOffered
        if offered.vct is not None and _vct(held) != offered.vct:
            raise AnotherVct
        if report.credential is not None and report.credential.standing is Answer.NO:
            raise NotGood(reason=report.credential.standing_reasons[0].code)
    # 5
    here, replaces = _here(wallet, report)
    return Examined(
        record_id(held) if here is None else here.id,
        held,
        report,
        None if offered is None else offered.host,
        (KeptForm(name_of(report.parsed), held),),
        replaces,
    )


def _vct(source: bytes) -> object:
    token = read_secured(source).token
    return token.sd_jwt.claims.get("vct") if isinstance(token, SdJwtDocument) else None


def joined(examined: Collection[Examined]) -> tuple[Examined, ...]:
    """The forms of one credential that came in together as one, the one to read in front.

    Raises:
        FormDisagrees: two of them say something else.
    """
    found: list[Examined] = []
    for one in examined:
        alike = [at for at, other in enumerate(found) if _same(one, other)]
        place = next((at for at in alike if _agree(one.report, found[at].report)), None)
        if place is None:
            if any(found[at].forms[0].name is not one.forms[0].name for at in alike):
                raise FormDisagrees
            found.append(one)
            continue
        other = found[place]
        first, second = sorted((other, one), key=lambda each: preferred(each.forms[0].name))
        names = {form.name for form in first.forms}
        forms = (*first.forms, *(form for form in second.forms if form.name not in names))
        found[place] = replace(first, forms=forms, replaces=first.replaces or second.replaces)
    return tuple(found)


def keep(wallet: Wallet, examined: Collection[Examined], files: Records | None = None) -> None:
    """Write everything that was examined in one revision; the same credential again changes nothing.

    Raises:
        FormDisagrees
        VaultNotSaved, VaultTooLarge: nothing is kept.
    """
    here = wallet.vault.of_kind(Kind.CREDENTIAL)
    put: dict[tuple[str, str], bytes] = dict(files or {})
    gone: frozenset[tuple[str, str]] = frozenset()
    for one in joined(examined):
        if one.id in here and not one.replaces:
            put |= _changed(wallet, one)
            continue
        gone |= _forms_of(wallet, one.id)
        put[Kind.CREDENTIAL, one.id] = one.source
        put[Kind.RECEIPT, one.id] = as_json({"receivedAt": format_datetime(wallet.now()), "host": one.host})
        put |= {(Kind.FORM, f"{one.id} {form.name}"): form.source for form in one.forms[1:]}
    if put:
        wallet.save(put, gone - put.keys())


def _changed(wallet: Wallet, one: Examined) -> dict[tuple[str, str], bytes]:
    """The forms that a credential which is here lacks, or has in an older signature.

    What could not be checked takes nobody's place.
    """
    kept = {form.name: form.source for form in kept_one(wallet, one.id).forms}
    first = next(iter(kept))
    put = {}
    for form in one.forms:
        if form.name in kept and (kept[form.name] == form.source or one.report.credential is None):
            continue
        place = (Kind.CREDENTIAL, one.id) if form.name is first else (Kind.FORM, f"{one.id} {form.name}")
        put[place] = form.source
    return put


def _here(wallet: Wallet, report: CredentialReport) -> tuple[Kept | None, bool]:
    """The credential in the wallet that this is another form of, and whether this takes its place.

    Raises:
        FormDisagrees
    """
    assert report.parsed is not None
    found = [kept_one(wallet, record) for record in _records_of(wallet, report.parsed)]
    for one in found:
        if _agree(one.report, report):
            return one, one.verified is None and report.credential is not None
    for one in found:
        if one.verified is None and report.credential is not None:
            return one, True
    if any(one.forms[0].name is not name_of(report.parsed) for one in found):
        raise FormDisagrees
    return None, False


def _records_of(wallet: Wallet, parsed: Credential) -> Iterator[str]:
    """Records of the credential with this id from this issuer: several where it was issued anew."""
    for record, source in wallet.vault.of_kind(Kind.CREDENTIAL).items():
        try:
            known = read_credential(source)
        except Invalid:
            continue  # kept by an earlier version with other rules
        if same_credential(known, parsed):
            yield record


def _same(one: Examined, other: Examined) -> bool:
    assert one.report.parsed is not None and other.report.parsed is not None  # noqa: PT018  # both were examined
    return same_credential(one.report.parsed, other.report.parsed)


def _agree(one: CredentialReport, other: CredentialReport) -> bool:
    assert one.parsed is not None and other.parsed is not None  # noqa: PT018  # both were examined
    return same_statements(one.parsed, other.parsed)


def _forms_of(wallet: Wallet, record: str) -> frozenset[tuple[str, str]]:
    return frozenset(
        (Kind.FORM, identifier)
        for identifier in wallet.vault.of_kind(Kind.FORM)
        if identifier.partition(" ")[0] == record
    )


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
    for one in kept(wallet):
        for resource in () if one.report.parsed is None else one.report.parsed.related_resources:
            try:
                wallet.save(evidence_record(one.report, resource.id, data))
            except (AttachmentMismatch, UnknownEvidence):
                continue
            return resource.id
    raise UnknownEvidence


def record_id(source: bytes) -> str:
    """The wallet's own name for a credential: short, from its bytes, fit for an address."""
    return hashlib.sha256(source).hexdigest()[:32]
