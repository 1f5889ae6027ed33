"""Refusals of the page on which a learner lets a program read their badges."""

from passport.errors import Invalid


class NothingAllowed(Invalid):
    code = "nothing_allowed"
    sentence = "Tick what the program may read, or refuse."
