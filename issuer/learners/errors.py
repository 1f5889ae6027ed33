"""Refusals of what a learner proves."""

from passport.errors import Invalid, RateLimited


class TooManyLearnerCodes(RateLimited):
    code = "too_many_learner_codes"
    sentence = "Codes were asked for this address too often. Try again tomorrow, or ask your school."


class WrongLearnerCode(Invalid):
    """One sentence for every cause: wrong, too old, tried too often, or never sent."""

    code = "wrong_learner_code"
    sentence = "This code is wrong or too old. After five wrong tries you need a new one."


class WrongPickupCode(Invalid):
    code = "wrong_pickup_code"
    sentence = "This code is wrong. After five wrong tries the offer ends, and your school makes a new one."


class NothingToProve(Invalid):
    code = "nothing_to_prove"
    sentence = (
        "A learner can only give permission on our page with a mail address on the offer, or with a code."
    )
