"""Asking and answering over OpenID4VP: the way between a transaction, the check and the one report."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pymongo.errors import DuplicateKeyError

from passport.clock import Clock
from passport.openid4vp.dcql import DcqlQuery
from passport.openid4vp.profile_reference import verifier_info_of
from passport.openid4vp.request_build import DIRECT_POST_JWT, HAIP_SCHEME, SCHEME, sign_request
from passport.openid4vp.response_read import VpToken, WalletError, read_response
from verifier.certificate import Certificate
from verifier.checking import Checker, Outcome
from verifier.employers import Employers
from verifier.errors import NoSuchTransaction, RequestAnswered, WrongResponseCode
from verifier.openid4vp import Transactions
from verifier.openid4vp_asking import Prefix, choose, link_of, prefix_of
from verifier.openid4vp_states import Answered, Created, Received
from verifier.records import Employer
from verifier.reports import Reports
from verifier.requests import Created as Question
from verifier.requests import Requests
from verifier.settings import Settings
from verifier.trust_lists import TrustLists


@dataclass(frozen=True, slots=True)
class OpenId4Vp:
    """What the routes work with."""

    settings: Settings
    clock: Clock
    employers: Employers
    requests: Requests
    transactions: Transactions
    checker: Checker
    reports: Reports
    trust: TrustLists
    certificate: Certificate | None

    async def ask(
        self,
        employer: Employer,
        request: Question,
        *,
        prefix: Prefix | None = None,
        response_mode: str = DIRECT_POST_JWT,
        query: DcqlQuery | None = None,
        return_to: str | None = None,
        session: str | None = None,
    ) -> Created:
        """Begin a transaction; raises what `choose` raises."""
        chosen = choose(
            request.profile,
            haip=self.haip,
            certificate=self.certificate,
            prefix=prefix,
            response_mode=response_mode,
            query=query,
        )
        return await self.transactions.create(
            employer, request, chosen, self.clock(), return_to=return_to, session=session
        )

    @property
    def haip(self) -> bool:
        return self.settings.openid4vp == "haip"

    def link(self, created: Created) -> str:
        scheme = HAIP_SCHEME if self.haip else SCHEME
        return link_of(created.asking, self.transactions.request_uri(created), scheme=scheme)

    async def request_object(self, identifier: str, wallet_nonce: str | None = None) -> str:
        """The signed request, for a wallet that fetches it.

        Raises:
            NoSuchTransaction: also for one that is not signed, which nobody fetches.
            RequestAnswered, RequestExpired, TransactionRefused, FetchedTooOften
        """
        now = self.clock()
        created = await self.transactions.open(identifier, now)
        if prefix_of(created.asking.client_id) is Prefix.REDIRECT_URI:
            raise NoSuchTransaction
        await self.transactions.fetched(created)
        question = await self.requests.open(created.request, now)
        terms: dict[str, Any] = {
            "now": now,
            "valid_until": created.valid_until,
            "wallet_nonce": wallet_nonce,
            "verifier_info": verifier_info_of(question.profile.document) if created.of_profile else (),
        }
        if prefix_of(created.asking.client_id) is Prefix.DID:
            signer, kid = self.employers.signer(await self.employers.get(created.employer))
            return sign_request(created.asking, signer=signer, kid=kid, **terms)
        if self.certificate is None:
            raise NoSuchTransaction
        return sign_request(
            created.asking, signer=self.certificate.signer, certificates=self.certificate.x5c, **terms
        )

    async def respond(self, identifier: str, data: bytes) -> dict[str, str]:
        """Take what a wallet sends; what to answer it (OpenID4VP 1.0, section 8.2).

        Raises:
            NoSuchTransaction, RequestAnswered, RequestExpired, TransactionRefused: its state.
            NotTheHolder: it is no answer to this; the request stays open.
            PassportError: what `read_response` raises; the request stays open.
        """
        created = await self.transactions.open(identifier, self.clock())
        read = read_response(data, state=created.asking.state, encryption=created.encryption)
        if isinstance(read, WalletError):
            await self.transactions.refused(created, read.error)
            return {} if created.return_to is None else {"redirect_uri": created.return_to}
        asked = await self.requests.open(created.request, self.clock())
        outcome = await self._check(created, asked, read)
        if created.return_to is None:
            await self.reports.of_answer(outcome, asked, await self.employers.get(created.employer))
            await self.transactions.answered(created)
            return {}
        code = await self.transactions.received(created, self.reports.content_of(outcome, asked))
        return {"redirect_uri": _with_code(created.return_to, code)}

    async def collect(
        self, identifier: str, code: str, employer: Employer, session: str | None = None
    ) -> Answered:
        """The report of an answer that came back to the browser which began it (section 14.2).

        Raises:
            NoSuchTransaction, WrongResponseCode, RequestAnswered
        """
        state = await self.transactions.get(identifier, self.clock(), employer)
        if not isinstance(state, Received):
            raise WrongResponseCode
        await self.transactions.check_code(state, code, session)
        try:
            report = await self.reports.of_held(state.held, state.request, employer)
        except DuplicateKeyError:
            raise RequestAnswered from None
        await self.transactions.collected(state)
        return Answered(state.id, state.employer, state.request, report.id)

    async def _check(self, created: Created, asked: Question, token: VpToken) -> Outcome:
        return await self.checker.response(
            token,
            query=created.query,
            nonce=created.asking.nonce,
            client_id=created.asking.client_id,
            trust=self.trust.store,
            demands=asked.profile.demands,
        )


def _with_code(address: str, code: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'response_code': code})}"
