"""Refusals of check-ups."""

from passport.errors import Invalid
from passport.errors.trust import MalformedStatement


class MalformedCheckUp(MalformedStatement):
    code = "malformed_check_up"
    sentence = "The check-up has a member that is missing, unknown or of the wrong form."


class CheckUpTextTooLong(Invalid):
    code = "check_up_text_too_long"
    sentence = "The text of an action is too long, or there are too many actions. Keep it short."
