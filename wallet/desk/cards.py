"""A credential of the wallet as a card to print (way E)."""

from collections.abc import Collection, Iterator

from passport.baking.kinds import Saved
from passport.credentials.enveloped import is_enveloped
from passport.errors.baking import CredentialNotForPictures
from passport.json import JsonObject, dump
from passport.texts import Language
from wallet.core.forms import FormName
from wallet.core.plain_text import plain_name
from wallet.core.present import leaving_of
from wallet.core.shelf import Kept, kept_one
from wallet.core.wallet import Wallet
from wallet.desk.saving import stem_of
from wallet.desk.tools import Papers

_PASSED_ON = frozenset({FormName.LDP_VC, FormName.JWT_VC})


def card(
    papers: Papers,
    wallet: Wallet,
    record: str,
    language: Language,
    *,
    skills: Collection[str] | None = None,
    holder: str = "",
) -> Saved:
    """The card as PDF. Whoever scans it reads what is in its code, whole.

    Args:
        papers: what makes it.
        wallet: whose credential it is.
        record: the credential.
        language: of the words on the card.
        skills: those to print; None is all. With fewer, a form that shows parts is needed.
        holder: a name to print where the credential has none.

    Raises:
        CardTooLarge: it does not fit, also with these skills.
        CredentialNotForPictures: it is here only in forms that are for its holder, and shown whole.
        UnknownRecord, NotToBeShown, NoneOfItsSkills, OnlyWhole
    """
    one = kept_one(wallet, record)
    if skills is None:
        sources = tuple(_whole(one))
    else:
        (part,) = leaving_of(wallet, [record], {record: skills})
        sources = (_source(part.document),)
    if not sources:
        raise CredentialNotForPictures
    made = papers.card(sources, language, holder=plain_name(holder))
    return Saved(f"{stem_of(one)}-card.pdf", "application/pdf", made)


def _whole(one: Kept) -> Iterator[bytes]:
    yield from (form.source for form in one.forms if form.name in _PASSED_ON)


def _source(document: JsonObject) -> bytes:
    """A token by itself, without the envelope that a presentation puts it in."""
    if is_enveloped(document):
        return str(document["id"]).partition(",")[2].encode("ascii")
    return dump(document)
