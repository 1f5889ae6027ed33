"""What of a credential leaves: whole, or in a form in which some of its skills stay behind.

A part is shown only when it is worth as much as the whole: genuine, in the same standing, and as strong for
each skill that is shown, or with the same answer to each demand that it is shown for. Of several such parts
the one that shows fewest skills leaves, and of those the one that takes the fewest characters in QR codes.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from passport.answers import Answer
from passport.credentials import Alignment, Form
from passport.credentials.enveloped import envelope
from passport.errors import PassportError
from passport.evidence.demand import Demand
from passport.evidence.policy import decide
from passport.evidence.strength import weigh
from passport.json import JsonObject, dump, parse_object
from passport.limits import CREDENTIAL
from passport.proofs.selective import derive, is_base_proof
from passport.qr_text import pack
from passport.sd_jwt import parse, present, processed
from passport.sd_jwt.pointers import Place, resolve_pointer, value_at, write_pointer
from passport.verification import Context, CredentialReport, VerifiedCredential, verify_credential
from wallet.core.forms import SELECTIVE, FormName, KeptForm
from wallet.core.separable import Opened, items_of, opened
from wallet.core.shelf import Kept, files, trust
from wallet.core.wallet import Wallet

_SKILLS = ("credentialSubject", "achievement", "alignment")
Worth = tuple[Answer, frozenset[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One credential as it would leave."""

    kept: Kept
    form: FormName
    document: JsonObject = field(repr=False)
    """The credential as JSON, or an envelope with a token."""
    report: CredentialReport
    """What a verifier would find in it."""

    @property
    def shown(self) -> tuple[Alignment, ...]:
        return _alignments(self.report)

    @property
    def hidden(self) -> tuple[Alignment, ...]:
        """The skills in it that stay behind."""
        return tuple(each for each in _alignments(self.kept.report) if each not in self.shown)


def disclose(wallet: Wallet, one: Kept, skills: Collection[str] | None = None) -> Disclosed:
    """The credential with some of its skills, by their identifiers; None shows all.

    Where no form can leave the others out without losing worth, it is the whole that leaves.

    Raises:
        Invalid: it is here as a base proof alone, which can't be derived from.
    """
    look = _Look(wallet, one)
    there = [each.target_url for each in _alignments(one.report)]
    wanted = there if skills is None else [each for each in there if each in skills]
    whole = look.whole()
    if not wanted or len(wanted) == len(there):
        return whole
    worth = look.worth(one.verified, wanted)
    parts = [part for form in one.forms if form.name in SELECTIVE for part in look.parts(form, wanted)]
    worthy = [part for part in parts if worth and look.worth(part.report.credential, wanted) == worth]
    return min(worthy, key=_cost, default=whole)


def disclose_parts(
    wallet: Wallet, one: Kept, hidden: Collection[Place], demands: Sequence[Demand]
) -> Disclosed | None:
    """The credential without some of its optional parts, and with all the others.

    None where no form of it gives that, or the demands would get another answer than from the whole.

    Args:
        wallet: whose credential it is.
        one: the credential.
        hidden: the optional parts that stay; with none it is the whole that leaves.
        demands: what it is shown for.

    Raises:
        Invalid: it is here as a base proof alone, which can't be derived from.
    """
    look = _Look(wallet, one)
    if not hidden:
        return look.whole()
    answers = look.answers(one.verified, demands)
    exact = (
        part
        for form in opened(one)
        if form.optional.issuperset(hidden)
        for part in look.part(form, form.optional.difference(hidden))
    )
    worthy = [part for part in exact if look.answers(part.report.credential, demands) == answers]
    return min(worthy, key=_cost, default=None)


def disclose_places(wallet: Wallet, one: Kept, form: KeptForm, places: Collection[Place]) -> Disclosed | None:
    """One form of a credential with exactly these places and what must be shown; a plain form as a whole.

    What it counts for in part is not looked at: who asks for single claims gets those.

    Args:
        wallet: whose credential it is.
        one: the credential.
        form: one of its forms.
        places: in the document of that form.

    Returns:
        None where nothing can be derived from that form.
    """
    look = _Look(wallet, one)
    found = next((each for each in opened(one) if each.form is form), None)
    return look.whole_of(form) if found is None else next(look.part(found, places), None)


def _cost(part: Disclosed) -> tuple[int, int]:
    return len(part.shown), sum(map(len, pack(dump(part.document))))


class _Look:
    """A credential looked at as its verifier will, with what the wallet has at hand."""

    def __init__(self, wallet: Wallet, one: Kept) -> None:
        self._wallet, self._one = wallet, one
        self._context = Context(wallet.documents(), wallet.now(), certificates=wallet.certificates)
        self._trust, self._files = trust(wallet), files(wallet)

    def whole(self) -> Disclosed:
        form = self._one.forms[0]
        held = form.source.strip()
        if not held.startswith(b"{"):
            return Disclosed(self._one, form.name, _wrapped(held, form), self._one.report)
        document = parse_object(held, CREDENTIAL)
        if is_base_proof(document):
            return self._disclosed(form.name, _derived(document, _apart(document, ())))
        return Disclosed(self._one, form.name, document, self._one.report)

    def whole_of(self, form: KeptForm) -> Disclosed | None:
        """A plain form, as it is kept; a form of which parts are shown gives none by itself."""
        if form.name in SELECTIVE:
            return None
        held = form.source.strip()
        document = parse_object(held, CREDENTIAL) if held.startswith(b"{") else _wrapped(held, form)
        return self._disclosed(form.name, document)

    def parts(self, form: KeptForm, wanted: Collection[str]) -> Iterator[Disclosed]:
        """The chosen skills with what must be shown; and, should that not do, all but the other skills."""
        try:
            base = form.name is FormName.ECDSA_SD
            text = form.source.decode("ascii", "replace").strip()
            tree = parse_object(form.source, CREDENTIAL) if base else processed(parse(text))
            chosen, others = _skills(tree, wanted)
            for places in (chosen, list(_apart(tree, others))):
                shown = _derived(tree, places) if base else _wrapped(_presented(text, tree, places), form)
                yield self._disclosed(form.name, shown)
        except PassportError:
            return  # a form that this wallet can't show a part of

    def part(self, form: Opened, places: Collection[Place]) -> Iterator[Disclosed]:
        """What is always shown and these optional parts; nothing where it can't be made."""
        try:
            if form.form.name is FormName.ECDSA_SD:
                document = _derived(form.tree, sorted(places) or [("issuer",)])
            else:
                text = form.form.source.decode("ascii", "replace").strip()
                document = _wrapped(_presented(text, form.tree, places), form.form)
        except PassportError:
            return
        yield self._disclosed(form.form.name, document)

    def answers(
        self, verified: VerifiedCredential | None, demands: Sequence[Demand]
    ) -> Sequence[Answer] | None:
        """Its standing, and what a verifier would answer to each demand, shown this credential alone."""
        if verified is None:
            return None
        now = self._context.now
        found = weigh([verified], trust=self._trust, now=now, holder=self._one.holder)
        return [verified.standing, *(result.answer for result in decide(demands, found, now))]

    def worth(self, verified: VerifiedCredential | None, skills: Collection[str]) -> Worth | None:
        """What a credential counts for: its standing, and for each skill how strong a proof it is."""
        if verified is None:
            return None
        found = weigh(
            [verified],
            trust=self._trust,
            now=self._context.now,
            files=self._files,
            holder=self._one.holder,
        )
        return verified.standing, frozenset(
            (one.skill, one.strength, one.answer, one.strength_without, one.level)
            for one in found
            if one.skill in skills
        )

    def _disclosed(self, name: FormName, document: JsonObject) -> Disclosed:
        return Disclosed(self._one, name, document, verify_credential(dump(document), self._context))


def _derived(document: JsonObject, places: Iterable[Place]) -> JsonObject:
    return derive(document, selective_pointers=[write_pointer(place) for place in places])


def _presented(text: str, tree: JsonObject, places: Iterable[Place]) -> bytes:
    """Without a key binding: it is the presentation around it that the holder signs."""
    leaves = [leaf for place in places for leaf in _leaves(resolve_pointer(tree, place), place)]
    named = [write_pointer(leaf) for leaf in leaves]
    unused = datetime.min.replace(tzinfo=UTC)
    return present(text, pointers=named, holder=None, nonce="", audience="", now=unused).encode("ascii")


def _wrapped(token: bytes, form: KeptForm) -> JsonObject:
    return envelope(token, Form(form.name.value))


def _alignments(report: CredentialReport) -> tuple[Alignment, ...]:
    return () if report.parsed is None else report.parsed.subject.achievement.alignments


def _skills(tree: JsonObject, wanted: Collection[str]) -> tuple[list[Place], list[Place]]:
    """The places of the skills that are wanted, and of the others."""
    chosen: list[Place] = []
    others: list[Place] = []
    for number, alignment in items_of(value_at(tree, _SKILLS)):
        place = (*_SKILLS, number)
        (chosen if alignment["targetUrl"] in wanted else others).append(place)
    return chosen, others


def _apart(value: Any, without: Collection[Place], at: Place = ()) -> Iterator[Place]:
    """The largest parts of a document in which nothing stands of what is left out."""
    if at in without or at[:1] in {("@context",), ("proof",)}:
        return
    if at and not any(each[: len(at)] == at for each in without):
        yield at
        return
    for name, item in items_of(value):
        yield from _apart(item, without, (*at, name))


def _leaves(value: Any, at: Place) -> Iterator[Place]:
    """Down to what holds nothing: in an SD-JWT each level may have its own disclosure."""
    items = items_of(value)
    if not items:
        yield at
    for name, item in items:
        yield from _leaves(item, (*at, name))
