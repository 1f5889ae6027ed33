"""Refusals about mail.

Invalid: MalformedAddress, MalformedMail, MailSettingsUnusable
NotAllowed: MailRefused       the other side will never take it
Indeterminate: MailUnavailable       perhaps later
"""

from passport.errors import Indeterminate, Invalid, NotAllowed


class MalformedAddress(Invalid):
    code = "malformed_address"
    sentence = "This is not an e-mail address that we can send to."


class MalformedMail(Invalid):
    code = "malformed_mail"
    sentence = "The subject or the text of a mail has characters that it may not have, or is too long."


class MailSettingsUnusable(Invalid):
    code = "mail_settings_unusable"
    sentence = (
        "Mail over SMTP needs a sender, and a protected connection unless the server is on this machine."
    )


class MailRefused(NotAllowed):
    code = "mail_refused"
    sentence = "The mail server does not accept mail to this address."


class MailUnavailable(Indeterminate):
    code = "mail_unavailable"
    sentence = "The mail could not be sent for the moment."
