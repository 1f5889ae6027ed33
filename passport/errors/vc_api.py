"""Refusals of the VC API, wherever it is spoken."""

from passport.errors.base import Invalid


class AlreadySecured(Invalid):
    code = "already_secured"
    sentence = "What is to be signed has a proof already."
