"""Verify what the public suites send: the data model and the proof, and not whose key it is."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from contexts import Contexts
from passport.answers import Answer
from passport.conformance.data_model import check_credential, check_presentation, holder, issuer
from passport.conformance.envelopes import open_envelope
from passport.conformance.inline_contexts import with_addresses
from passport.credentials.held_resources import Published
from passport.credentials.reading import objects
from passport.credentials.status_entry import parse_status_entry
from passport.documents import Documents
from passport.errors.conformance import SelfAssertedByAnother, StatusNotGood
from passport.jose import vc_jwt
from passport.json import JsonObject
from passport.jsonld.foreign import canonicalize_foreign
from passport.limits import DOCUMENT
from passport.proofs import Suite, method_source, verify_proofs
from passport.status import StatusLists, check_status
from passport.web.vc_api import Options

_CREDENTIALS = "verifiableCredential"


@dataclass(frozen=True, slots=True)
class Verifier:
    """What one verification works with."""

    suites: Collection[Suite]
    contexts: Contexts
    held: Published
    documents: Documents
    now: datetime

    def credential(self, document: JsonObject, options: Options) -> None:
        """Verify a credential, or the token in an envelope.

        Raises:
            PassportError: the first rule that is broken.
        """
        self._credential(
            document, options, expected_purpose=options.expected_proof_purpose or "assertionMethod"
        )
        if "credentialStatus" in options.checks:
            self._check_statuses(document)

    def presentation(self, document: JsonObject, options: Options) -> None:
        """Verify a presentation, and each credential in it.

        A credential without a proof of its own is the holder's own word: it must say so (section 4.13.4).

        Raises:
            PassportError: the first rule that is broken.
        """
        purpose = options.expected_proof_purpose or "authentication"
        token = open_envelope(document)
        if token is not None:
            self._token(token, options, purpose)
            document = token.document
            check_presentation(document)
        else:
            check_presentation(document)
            self._proofs(document, options, purpose)
        said_by = holder(document)
        for item in objects(document, _CREDENTIALS, dict, DOCUMENT.credentials + DOCUMENT.endorsements):
            if "proof" in item or open_envelope(item) is not None:
                self._credential(item, Options(), expected_purpose="assertionMethod")
            else:
                check_credential(item, self.held)
                if issuer(item) != said_by:
                    raise SelfAssertedByAnother

    def _credential(self, document: JsonObject, options: Options, *, expected_purpose: str) -> None:
        token = open_envelope(document)
        if token is not None:
            self._token(token, options, expected_purpose)
            check_credential(token.document, self.held)
            canonicalize_foreign(token.document, contexts=self.contexts)
        else:
            check_credential(document, self.held)
            self._proofs(document, options, expected_purpose)

    def _proofs(self, document: JsonObject, options: Options, purpose: str) -> None:
        bare = {name: value for name, value in document.items() if name != "proof"}
        canonicalize_foreign(bare, contexts=self.contexts)
        addressed, contexts = with_addresses(document, self.contexts)
        verify_proofs(
            addressed if self._selective else document,
            method_for=method_source(self.documents),
            expected_purpose=purpose,
            now=self.now,
            expected_challenge=options.challenge,
            expected_domain=options.domain,
            accepted=tuple(
                replace(suite, contexts=contexts) if suite.selective else suite for suite in self.suites
            ),
        )

    @property
    def _selective(self) -> bool:
        return any(suite.selective for suite in self.suites)

    def _token(self, token: vc_jwt.JwtDocument, options: Options, purpose: str) -> None:
        vc_jwt.verify(
            token,
            method_for=method_source(self.documents),
            expected_purpose=purpose,
            now=self.now,
            expected_challenge=options.challenge,
            expected_domain=options.domain,
        )

    def _check_statuses(self, document: JsonObject) -> None:
        lists = StatusLists(self.documents, now=self.now, method_for=method_source(self.documents))
        for entry in objects(document, "credentialStatus", parse_status_entry, DOCUMENT.statuses):
            found = check_status(entry, credential_issuer=issuer(document), lists=lists)
            if found.answer is not Answer.YES:
                raise StatusNotGood(reason=found.reason.code)
