"""What the wallet refuses of check-ups."""

from passport.errors import Invalid, NotFound, TooLarge


class NotASnooze(Invalid):
    code = "not_a_snooze"
    sentence = "Choose from the list when you want to be reminded."


class UnknownCheckUp(NotFound):
    code = "unknown_check_up"
    sentence = "This check-up is not in the wallet."


class TooManyCheckUps(TooLarge):
    code = "too_many_check_ups"
    sentence = "These are more check-ups than the wallet keeps. Remove an old one first."


class NotAnAnswer(Invalid):
    code = "not_an_answer"
    sentence = "An answer is a number from 1 to 5."
