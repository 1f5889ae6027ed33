"""Another copy for each answer, where there are some: askers who compare have no key of the person in common.

A copy is shown once; then it goes, with its key. Where none is left, and where one would say something else
than what the person saw, the credential itself is shown.
"""

from dataclasses import dataclass, field

from passport.errors import PassportError
from passport.json import JsonObject
from passport.openid4vp.dcql_match import DC_SD_JWT
from passport.openid4vp.request_parameters import AuthorizationRequest
from passport.openid4vp.response_write import ALGORITHMS, takes_any
from passport.sd_jwt import parse, present, processed, unfold
from passport.sd_jwt.pointers import write_pointer
from passport.securing import read_secured
from wallet.core.claiming.copies import Copy, copies_of
from wallet.core.disclose import Disclosed
from wallet.core.forms import FormName
from wallet.core.holder import Holder
from wallet.core.journal import Way, journal
from wallet.core.wallet import Wallet

_OWN = ("cnf", "credentialStatus", "iat", "id", "jti", "status", "sub")
"""What each copy has for itself: its key, its names, its place in a status list."""


@dataclass(slots=True)
class SpareCopies:
    """The copies that one answer uses: of a credential that is asked for twice, the same one twice."""

    wallet: Wallet
    request: AuthorizationRequest
    _taken: dict[str, Copy] = field(default_factory=dict)

    def instead_of(self, one: Disclosed) -> tuple[Holder, str] | None:
        """A copy with the same parts, and its key; None where the credential itself is to be shown."""
        if one.form is not FormName.DC_SD_JWT:
            return None
        before = self._taken.get(one.kept.id)
        for copy in copies_of(self.wallet, one.kept.id) if before is None else (before,):
            if self._is_taken_by_asker(copy) and (part := self._same_part(one, copy)) is not None:
                self._taken[one.kept.id] = copy
                return copy.holder, part
        return None

    def shows_again(self, one: Disclosed) -> bool:
        """Whether the credential itself is to be shown, and was before: who compares finds its key twice."""
        return (
            one.form is FormName.DC_SD_JWT
            and self.instead_of(one) is None
            and any(
                one.kept.id in entry.credentials and one.kept.id not in entry.copies
                for entry in journal(self.wallet)
                if entry.way is not Way.REFUSED
            )
        )

    @property
    def copied(self) -> tuple[str, ...]:
        """The credentials of which a copy is shown."""
        return tuple(self._taken)

    @property
    def spent(self) -> frozenset[tuple[str, str]]:
        """The records that go with the answer."""
        return frozenset().union(*(copy.records for copy in self._taken.values()))

    def _is_taken_by_asker(self, copy: Copy) -> bool:
        algorithms = ALGORITHMS[copy.holder.public_key.type]
        return takes_any(self.request.metadata, DC_SD_JWT, "kb-jwt_alg_values", algorithms)

    def _same_part(self, one: Disclosed, copy: Copy) -> str | None:
        """The parts of the copy that are shown of the credential; None where it says something else there."""
        seen = parse(read_secured(one.document).source.decode("ascii"))
        whole = next(each.source for each in one.kept.forms if each.name is one.form)
        # by their places in the whole: in what is shown of a list, others may have moved up
        texts = {each.text for each in seen.disclosures}
        placed = unfold(parse(whole.decode("ascii").strip())).placed
        try:
            part = present(
                copy.source.decode("ascii").strip(),
                pointers=[write_pointer(place) for place, each in placed.items() if each.text in texts],
                holder=None,
                nonce=self.request.nonce,
                audience=str(self.request.client_id),
                now=self.wallet.now(),
            )
        except PassportError:
            return None
        return part if _said(processed(parse(part))) == _said(processed(seen)) else None


def _said(claims: JsonObject) -> JsonObject:
    said = {name: value for name, value in claims.items() if name not in _OWN}
    subject = said.get("credentialSubject")
    if isinstance(subject, dict):
        said["credentialSubject"] = {name: value for name, value in subject.items() if name != "id"}
    return said
