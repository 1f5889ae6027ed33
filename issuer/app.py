"""The issuer's application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib import resources
from importlib.metadata import version

from fastapi import FastAPI

from issuer.achievements.records import AchievementRecord
from issuer.addresses import Addresses
from issuer.audit.records import AuditEvent
from issuer.authorization import sweep as permissions
from issuer.authorization.grants import AccessGrant
from issuer.authorization.policy import AuthorizationPolicy
from issuer.authorization.records import Authorization
from issuer.batches.records import Batch
from issuer.batches.run import BatchRunner
from issuer.confirmations import rounds
from issuer.confirmations.endorse import EndorsementRecord
from issuer.confirmations.files import ConfirmationFile
from issuer.confirmations.policy import ConfirmationPolicy
from issuer.confirmations.records import Confirmation
from issuer.console import routes as console
from issuer.evidence.records import EvidenceFile
from issuer.faults import Faults
from issuer.issuance.key_policy import KeyPolicy
from issuer.issuance.records import Issuance
from issuer.issuance.sealing import SECONDS as SEALING_SECONDS
from issuer.issuance.sealing import Sealed, seal_former
from issuer.learners.records import AskedCodes
from issuer.mail import Mailer, QueuedMail
from issuer.offers.records import Offer
from issuer.open_badges_api.clients import BadgeClient
from issuer.open_badges_api.visit import BadgeVisit
from issuer.organisations.appearance import Appearance
from issuer.organisations.manage import complete_signing_keys
from issuer.organisations.records import Account, Organisation
from issuer.pictures.records import AchievementPicture
from issuer.routes import (
    achievements,
    audit,
    authorization,
    authorizing,
    badge_api,
    badge_authorizing,
    batches,
    confirmations,
    confirming,
    confirming_statement,
    credentials,
    evidence,
    exports,
    files,
    forms,
    issuing,
    licences,
    metadata,
    offers,
    organisations,
    protocol,
    public,
    stacks,
    validations,
    vc_api,
    webhooks,
    withdrawals,
)
from issuer.routes.cross_origin import FOR_WALLETS
from issuer.secrets import MasterSecret
from issuer.service import Service, to_the_millisecond
from issuer.settings import Settings
from issuer.sign_in import sweep as signing_in
from issuer.sign_in.records import ConsoleSession, Passkey, SignIn, SignInLink
from issuer.stacking.records import StackRule
from issuer.status.records import StatusCounter, StatusListRecord
from issuer.telling import CHANGES
from issuer.validation import sweep as cases
from issuer.validation.checking import Checker
from issuer.validation.records import Case, CaseFile, StaffMember, ValidationSettings
from matching.called_in_list import skill_called
from passport.certificate_chains import authorities
from passport.fetch.exchange import Exchange
from passport.storage import FAILURES, Connection, connect
from passport.storage.counted import Counted
from passport.storage.kept_answers import AnswerStore, KeptAnswer
from passport.storage.kept_lists import KeptTrustList
from passport.storage.sealing import MasterKey
from passport.storage.secret_files import read_secret_file
from passport.storage.turns import Turn, end_turns
from passport.texts import Catalogue
from passport.web import Pages, create_app
from passport.web.cross_origin import CrossOrigin
from passport.web.periodic import Periodic
from passport.web.shared_routes import shared_routes
from passport.webhooks import WebhookEndpoint, WebhookMessage, Webhooks

MODELS = (
    Organisation,
    Account,
    AchievementRecord,
    AchievementPicture,
    EvidenceFile,
    Issuance,
    Offer,
    StatusCounter,
    StatusListRecord,
    Batch,
    AuditEvent,
    QueuedMail,
    Confirmation,
    ConfirmationFile,
    ConfirmationPolicy,
    EndorsementRecord,
    StackRule,
    Case,
    CaseFile,
    StaffMember,
    ValidationSettings,
    KeptTrustList,
    KeptAnswer,
    WebhookEndpoint,
    WebhookMessage,
    AskedCodes,
    Authorization,
    AccessGrant,
    AuthorizationPolicy,
    BadgeClient,
    BadgeVisit,
    Appearance,
    KeyPolicy,
    SignIn,
    Passkey,
    ConsoleSession,
    SignInLink,
    Sealed,
    Counted,
    Turn,
)
ROUTES = shared_routes(
    organisations.router,
    achievements.router,
    evidence.router,
    credentials.router,
    forms.router,
    offers.router,
    batches.router,
    audit.router,
    public.router,
    files.router,
    stacks.router,
    licences.router,
    authorization.router,
    authorizing.router,
    badge_api.router,
    badge_authorizing.router,
    issuing.router,
    metadata.router,
    protocol.router,
    confirmations.router,
    confirming.router,
    confirming_statement.router,
    validations.router,
    vc_api.router,
    webhooks.router,
    withdrawals.router,
    exports.router,
    console.router,
)


def create(settings: Settings) -> FastAPI:
    """Make the application; its store is opened when it starts.

    Raises:
        SecretFileUnusable: a secret file is missing, too short or open to others.
    """
    master_text, faults = read_secret_file(settings.master_secret), Faults(settings.fault_file)
    master = MasterSecret(master_text)
    service = Service(
        settings=settings,
        master=master,
        bootstrap=read_secret_file(settings.bootstrap_secret),
        addresses=Addresses(settings.origin),
        faults=faults,
        mailer=Mailer(
            master=master,
            transport=settings.transport(),
            sender=settings.sender,
            clock=to_the_millisecond,
            faults=faults,
        ),
        checker=Checker(
            allow_loopback=settings.allow_loopback,
            publishers=settings.trust_publishers,
            lists=settings.trust_lists,
            certificates=authorities(settings.authorities_file),
            clock=to_the_millisecond,
        ),
        webhooks=Webhooks(
            master=MasterKey(master_text, "issuer webhooks"),
            clock=to_the_millisecond,
            exchange=Exchange(allow_loopback=settings.allow_loopback),
            changes=CHANGES,
            allow_loopback=settings.allow_loopback,
            reach=faults.reach,
            switched_off=_switched_off,
        ),
    )

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with connect(settings.mongodb_uri, settings.data_directory, MODELS) as connection:
            runner = BatchRunner(service)
            app.state.connection, app.state.batches = connection, runner
            await complete_signing_keys(service)
            if connection.embedded is not None:
                await Batch.end_leases(service.clock())
                await QueuedMail.end_leases(service.clock())
                await WebhookMessage.end_leases(service.clock())
                await end_turns()
            runner.start()
            service.mailer.start()
            service.webhooks.start()
            periodic = _periodic(service)
            for each in periodic:
                each.start()
            try:
                yield
            finally:
                for each in reversed(periodic):
                    await each.stop()
                await service.checker.close()
                await service.webhooks.stop()
                await service.mailer.stop()
                await runner.stop()

    app = create_app(
        title="Skills passport: issuer",
        version=version("skills-passport"),
        settings=settings.web(),
        pages=Pages(
            "issuer",
            Catalogue(resources.files("issuer") / "texts"),
            brand="issuer",
            always={"skill_called": skill_called},
            zone=settings.zone,
        ),
        lifespan=lifespan,
        failures=FAILURES,
        health=_health,
        sign_in=_sign_in_for,
        forms_again=True,
    )
    app.state.service, app.state.webhooks = service, service.webhooks
    app.add_middleware(CrossOrigin, paths=FOR_WALLETS)
    app.state.answers = AnswerStore(MasterKey(master_text, "issuer answers"))
    app.router.routes.extend(ROUTES)
    return app


def _periodic(service: Service) -> tuple[Periodic, ...]:
    return (
        Periodic("validations", partial(cases.refresh_and_sweep, service), seconds=cases.SECONDS),
        Periodic("permissions", lambda: permissions.sweep(service.clock()), seconds=permissions.SECONDS),
        Periodic("sign-ins", lambda: signing_in.sweep(service.clock()), seconds=signing_in.SECONDS),
        Periodic("badges", lambda: seal_former(service.master, service.clock()), seconds=SEALING_SECONDS),
        Periodic("confirmations", partial(rounds.make_round, service), seconds=rounds.SECONDS),
    )


async def _switched_off(endpoint: WebhookEndpoint) -> None:
    """The log of the organisation says it, and so does the page of its webhooks."""
    now = to_the_millisecond()
    await AuditEvent.of(endpoint.owner, now, "service", "webhook.switched-off", endpoint.id).write()


def _sign_in_for(path: str) -> str | None:
    """Staff at the console, a supervisor by the link of the invitation."""
    if path.startswith("/confirm/"):
        return "/".join(path.split("/")[:4])
    return "/console" if path.startswith("/console/") else None


async def _health(app: FastAPI) -> None:
    connection: Connection = app.state.connection
    await connection.check()
