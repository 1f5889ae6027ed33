"""Keep mails and send them: one worker a process, which also takes up what a former process left.

A mail is lost by no crash: it is recorded before `queue` returns, and forgotten once it was handed over.
It goes out twice in one case: the process dies between the server's last word and our note of it. Nothing on
our side can tell that from a crash just before; then both carry the same Message-ID. A folder takes it once.
"""

import asyncio
import contextlib
import logging
from datetime import datetime, timedelta

from pymongo.errors import PyMongoError

from issuer.faults import Faults
from issuer.identifiers import record_id
from issuer.mail.errors import MailUnavailable
from issuer.mail.message import Mail, written
from issuer.mail.records import MailState, QueuedMail
from issuer.mail.transport import Transport
from issuer.secrets import MasterSecret
from passport.clock import Clock
from passport.encoding import base64url_encode
from passport.errors import PassportError
from passport.json import dump, parse_object

log = logging.getLogger("issuer.mail")

_PURPOSE = "mail"
_LEASE = timedelta(seconds=120)
"""A conversation with a mail server has a timeout of 20 seconds for each of its few steps."""
_WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
"""After the first try, the second …; then it is given up, within a working day."""
_LOOK_AGAIN = 5.0
_AT_ONCE = 100
_KEPT = timedelta(days=90)


class Mailer:
    def __init__(
        self, *, master: MasterSecret, transport: Transport, sender: str, clock: Clock, faults: Faults
    ) -> None:
        self._master, self._transport, self._sender = master, transport, sender
        self._clock, self._faults = clock, faults
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def queue(self, mail: Mail, *, key: str) -> str:
        """Keep a mail to be sent; the same `key` again is the same mail, which is sent once.

        Returns:
            Its id, for `state`.
        """
        mail_id = self.id_of(key)
        content = dump({"to": mail.to, "subject": mail.subject, "text": mail.text})
        now = self._clock()
        sealed = self._master.seal(content, purpose=_PURPOSE, bound_to=(mail_id,))
        await QueuedMail(id=mail_id, sealed=sealed, due_at=now, created_at=now).record()
        self._faults.reach("mail-queued")
        self._wake.set()
        return mail_id

    def id_of(self, key: str) -> str:
        """The id of the mail that is sent under a key."""
        return record_id(self._master, "mail", "", key)

    async def state(self, mail_id: str) -> MailState | None:
        """How far a mail is; None when it was swept or never queued."""
        found = await QueuedMail.get(mail_id)
        return None if found is None else found.state

    def start(self) -> None:
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _work(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self.send_due()
            except PyMongoError as error:  # the store is away; the mails stay
                log.warning("mails wait: %s", type(error).__qualname__)
            except Exception as error:  # noqa: BLE001 - a mistake of ours: say so, and go on sending
                log.error("mails wait: %s", type(error).__qualname__)  # noqa: TRY400 - it may name people
            with contextlib.suppress(TimeoutError):  # wait_for can miss its end before Python 3.12
                async with asyncio.timeout(_LOOK_AGAIN):
                    await self._wake.wait()

    async def send_due(self) -> None:
        """Send what is due, one by one, and sweep what was sent long ago."""
        for mail_id in await QueuedMail.due(self._clock(), _AT_ONCE):
            await self._send(mail_id)
        await QueuedMail.forget_before(self._clock() - _KEPT)

    async def _send(self, mail_id: str) -> None:
        now = self._clock()
        queued = await QueuedMail.take(mail_id, now, now + _LEASE)
        if queued is None:
            return
        self._faults.reach("mail-taken")
        try:
            mail = self._open(queued)
            message = written(
                mail,
                sender=self._sender,
                message_id=self._message_id(mail_id),
                at=queued.created_at,
            )
            await asyncio.to_thread(self._transport.deliver, mail_id, self._sender, mail.to, message)
        except MailUnavailable as error:
            await self._put_off(queued, error)
        except PassportError as error:  # refused by the server, or not to be opened any more
            await self._give_up(queued, error)
        else:
            self._faults.reach("mail-delivered")
            await QueuedMail.finish(mail_id, MailState.SENT, self._clock())

    def _open(self, queued: QueuedMail) -> Mail:
        content = parse_object(self._master.open(queued.sealed, purpose=_PURPOSE, bound_to=(queued.id,)))
        return Mail(to=content["to"], subject=content["subject"], text=content["text"])

    def _message_id(self, mail_id: str) -> str:
        name = base64url_encode(self._master.code("message-id", mail_id)[:16])
        return f"{name}@{self._sender.rpartition('@')[2]}"

    async def _put_off(self, queued: QueuedMail, error: PassportError) -> None:
        if queued.tries > len(_WAITS):
            await self._give_up(queued, error)
            return
        due_at: datetime = self._clock() + _WAITS[queued.tries - 1]
        await QueuedMail.put_off(queued.id, due_at, error.code)

    async def _give_up(self, queued: QueuedMail, error: PassportError) -> None:
        log.warning("mail %s was given up: %s", queued.id, error.code)
        await QueuedMail.finish(queued.id, MailState.FAILED, self._clock(), error.code)
