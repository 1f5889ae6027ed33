"""Mail that this service sends: kept before it is sent, sent again when that fails. It holds no claim.

`Mail` is what is said to whom, `Mailer` keeps and sends it, `Transport` is the way out: SMTP or a folder.
"""

from issuer.mail.mailer import Mailer
from issuer.mail.message import Mail
from issuer.mail.records import MailState, QueuedMail
from issuer.mail.transport import Transport

__all__ = ["Mail", "MailState", "Mailer", "QueuedMail", "Transport"]
