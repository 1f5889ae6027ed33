"""Refusals of the conformance profile, beside those of the rooms that it works with."""

from passport.errors.base import Invalid, NotFound


class SelfAssertedByAnother(Invalid):
    code = "self_asserted_by_another"
    sentence = (
        "A credential without a proof of its own must name the holder of the presentation as its issuer."
    )


class StatusNotGood(Invalid):
    code = "status_not_good"
    sentence = "The credential was withdrawn, or its status could not be told."


class NoSuchSlot(NotFound):
    code = "no_such_slot"
    sentence = "There is no endpoint for this cryptosuite and kind of key."


class NotForThisSuite(Invalid):
    code = "not_for_this_suite"
    sentence = "This suite has no such operation."


class ContextFileUnusable(Invalid):
    code = "context_file_unusable"
    sentence = "A context is given as URL=FILE, with a JSON file, and not for an address that is pinned."
