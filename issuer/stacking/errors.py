"""Refusals of stacking."""

from passport.errors import Conflict, Indeterminate, Invalid, NotFound


class UnknownStack(NotFound):
    code = "unknown_stack"
    sentence = "There is no stacked achievement under that name."


class StackRuleWrong(Invalid):
    code = "stack_rule_wrong"
    sentence = "Name two parts or more, each once, and ask for at least two and at most all of them."


class StackChallengeNotOurs(Invalid):
    code = "stack_challenge_not_ours"
    sentence = "The presentation does not answer a fresh nonce of this organisation. Ask for a new one."


class StackNotShown(Invalid):
    code = "stack_not_shown"
    sentence = "The presentation could not be verified, so its parts count for nothing."


class PartsMissing(Invalid):
    code = "parts_missing"
    sentence = "Parts are missing: each must be genuine, in force and from an issuer that is accepted."


class PartNotChecked(Indeterminate):
    code = "part_not_checked"
    sentence = "A part could not be checked now. Try again later."


class StackedAlready(Conflict):
    code = "stacked_already"
    sentence = "This was issued to you before on these parts, and is no longer to be fetched."
