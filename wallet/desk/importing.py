"""A diploma as it is handed over: what our verification reads goes its usual way, the rest is evidence."""

from contextlib import suppress

from passport.elm import looks_european
from passport.errors.elm import NotEuropean
from passport.evidence.skill_map import SkillMap
from wallet.core.imported import Described, Imported, take_in
from wallet.core.skill_maps import keep_map, verify_map
from wallet.core.wallet import Wallet
from wallet.desk.badge_inside import badge_inside
from wallet.desk.desk import Desk
from wallet.desk.receiving import Received, looks_like_token, receive_document, receive_file


def import_file(
    desk: Desk, wallet: Wallet, data: bytes, name: str, described: Described
) -> Imported | Received:
    """Take a diploma in; of a picture, a page or a PDF file the badge that is in it.

    Raises:
        PassportError: as `take_in` for evidence, as `receive_file` for a credential.
    """
    inside = badge_inside(data)
    if inside is not None:
        return receive_document(desk, wallet, inside)
    if looks_european(data):
        with suppress(NotEuropean):  # a badge may speak of such a credential
            return take_in(wallet, data, name=name, described=described)
    if data.lstrip()[:1] == b"{":
        return receive_document(desk, wallet, data)
    if looks_like_token(data[:1_048_576].decode("ascii", "replace")):
        return receive_file(desk, wallet, data)
    return take_in(wallet, data, name=name, described=described)


def take_map(desk: Desk, wallet: Wallet, source: bytes) -> SkillMap:
    """Verify a skill map, with its publisher's key fetched where it has to be, and keep it."""
    found = desk.examine(wallet, lambda documents: verify_map(wallet, source, documents))
    keep_map(wallet, found, source)
    return found
