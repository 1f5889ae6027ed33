"""The mails of a confirmation, in both languages, for nobody knows yet which one the reader wants.

They hold the organisation's name and a link or a code, and nothing of who asks what: mail is a postcard.
"""

from functools import cache
from importlib.resources import files

from issuer.mail import Mail
from issuer.mail.message import name_in_mail
from passport.texts import Catalogue, Language


def invitation(to: str, *, organisation: str, link: str, until: str) -> Mail:
    return _mail("invitation", to, organisation=organisation, link=link, until=until)


def reminder(to: str, *, organisation: str, link: str, until: str) -> Mail:
    return _mail("reminder", to, organisation=organisation, link=link, until=until)


def mailbox_code(to: str, *, organisation: str, code: str, minutes: int) -> Mail:
    return _mail("mailbox-code", to, organisation=organisation, code=code, minutes=minutes)


def _mail(kind: str, to: str, *, organisation: str, **values: str | int) -> Mail:
    said = {"organisation": name_in_mail(organisation), **values}
    texts = [_texts().say(f"mail-{kind}", language, said) for language in (Language.NL, Language.EN)]
    subject = _texts().say(f"mail-{kind}-subject", Language.NL, said)
    return Mail(to, subject, f"\n\n{'-' * 20}\n\n".join(text.strip() for text in texts) + "\n")


@cache
def _texts() -> Catalogue:
    return Catalogue(files("issuer") / "texts")
