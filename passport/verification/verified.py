"""What verification earns: credentials and presentations that are genuine."""

from dataclasses import InitVar, dataclass
from datetime import datetime

from passport.answers import Answer, Check, Reason
from passport.credentials import Credential, Endorsement, Presentation
from passport.proofs import VerifiedProof
from passport.securing import Withheld
from passport.verification.seal import check_seal


@dataclass(frozen=True, slots=True)
class VerifiedEndorsement:
    """A genuine endorsement: as a VerifiedCredential is. What it counts for is for `passport.evidence`."""

    endorsement: Endorsement
    proofs: tuple[VerifiedProof, ...]
    standing: Answer
    standing_reasons: tuple[Reason, ...]
    checks: tuple[Check, ...]
    verified_at: datetime
    withheld: frozenset[Withheld]
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        check_seal(seal)


@dataclass(frozen=True, slots=True)
class VerifiedCredential:
    """A genuine credential: well-formed, its proof holds, the key is the issuer's.

    Genuine is not yet in force: `standing` says whether it is within its validity period and not withdrawn,
    at `verified_at`. `standing_reasons` say why it is not, or why that can't be told. `withheld` is what
    its holder could have left out of it, of what checks rest on. `endorsements` are those inside it that are
    genuine themselves, whoever put them there; `endorsements_refused` is how many others there are.
    """

    credential: Credential
    proofs: tuple[VerifiedProof, ...]
    standing: Answer
    standing_reasons: tuple[Reason, ...]
    checks: tuple[Check, ...]
    verified_at: datetime
    withheld: frozenset[Withheld]
    endorsements: tuple[VerifiedEndorsement, ...]
    endorsements_refused: int
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        check_seal(seal)


@dataclass(frozen=True, slots=True)
class VerifiedPresentation:
    """A presentation that its holder made, for the one who asked, with the holder's own credentials.

    `credentials` are the genuine badges among what is shown, at least one; `endorsements` the genuine
    endorsements beside them.
    """

    presentation: Presentation
    holder: str
    credentials: tuple[VerifiedCredential, ...]
    endorsements: tuple[VerifiedEndorsement, ...]
    proofs: tuple[VerifiedProof, ...]
    verified_at: datetime
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        check_seal(seal)
