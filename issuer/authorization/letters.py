"""The mail with a learner's code, in both languages: it names the organisation, and not what it is for."""

from functools import cache
from importlib.resources import files

from issuer.mail import Mail
from issuer.mail.message import name_in_mail
from passport.texts import Catalogue, Language


def mailbox_code(to: str, *, organisation: str, code: str, minutes: int) -> Mail:
    said: dict[str, str | int] = {
        "organisation": name_in_mail(organisation),
        "code": code,
        "minutes": minutes,
    }
    texts = [_texts().say("mail-learner-code", language, said) for language in (Language.NL, Language.EN)]
    subject = _texts().say("mail-learner-code-subject", Language.NL, said)
    return Mail(to, subject, f"\n\n{'-' * 20}\n\n".join(text.strip() for text in texts) + "\n")


@cache
def _texts() -> Catalogue:
    return Catalogue(files("issuer") / "texts")
