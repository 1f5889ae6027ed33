"""Several trust lists at once, in any order: those of chosen publishers first, then of their delegates."""

from collections.abc import Callable, Collection, Iterable

from passport.errors import PassportError
from passport.errors.trust import UnexpectedPublisher
from passport.trust.store import NO_TRUST, TrustStore
from passport.trust.trust_list import VerifiedTrustList, verify_trust_list
from passport.verification import Context


def open_trust_lists(
    sources: Iterable[bytes],
    *,
    context: Context,
    expected_publishers: Collection[str],
    left_out: Callable[[PassportError], None] | None = None,
) -> TrustStore:
    """A store of the lists of chosen publishers, and of those that these let recognise others.

    Args:
        sources: the lists as they came.
        context: documents and moment.
        expected_publishers: DIDs that were chosen.
        left_out: is told why a list is left out; without it the first refusal is raised.

    Raises:
        UnexpectedPublisher: a list of neither a chosen publisher nor a delegate.
        NotDelegated: a delegate's list, and not the one that it may publish.
        TrustListConflict: two lists with one id.
        PassportError: what verify_trust_list raises.
    """
    verified: list[VerifiedTrustList] = []
    waiting: list[bytes] = []

    def take(source: bytes, delegations: TrustStore) -> None:
        taken = verify_trust_list(
            source,
            context=context,
            expected_publishers=expected_publishers,
            delegates=delegations.delegates(context.now),
        )
        delegations.check_delegated(taken)
        verified.append(taken)

    def refused(error: PassportError) -> None:
        if left_out is None:
            raise error
        left_out(error)

    for source in sources:
        try:
            take(source, NO_TRUST)
        except UnexpectedPublisher:
            waiting.append(source)
        except PassportError as error:
            refused(error)
    chosen = TrustStore(verified)
    for source in waiting:
        try:
            take(source, chosen)
        except PassportError as error:
            refused(error)
    return TrustStore(verified)
