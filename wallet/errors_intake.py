"""What the wallet refuses of intake: what somebody did, can and wants."""

from passport.errors import Invalid, NotFound, TooLarge


class PastWithoutOccupation(Invalid):
    code = "past_without_occupation"
    sentence = "Choose at least one occupation that comes close, and at most four."


class PastYears(Invalid):
    code = "past_years"
    sentence = "The years are not right. Write them as 2018, with the first year before the last."


class PastSchoolLevel(Invalid):
    code = "past_school_level"
    sentence = "This is not a level of schooling from the list."


class IntakeTextTooLong(TooLarge):
    code = "intake_text_too_long"
    sentence = "This text is too long. Make it shorter."


class TooManyPasts(TooLarge):
    code = "too_many_pasts"
    sentence = "This is more work and schooling than the wallet keeps. Remove something first."


class UnknownPast(NotFound):
    code = "unknown_past"
    sentence = "The wallet does not know this work or schooling."


class NothingTicked(Invalid):
    code = "nothing_ticked"
    sentence = "Tick at least one skill."


class NotASkill(NotFound):
    code = "not_a_skill"
    sentence = "This is not a skill of the list that the wallet works with."


class NotALevel(Invalid):
    code = "not_a_level"
    sentence = "A level is a number from 1 to 5."


class NothingAnswered(Invalid):
    code = "nothing_answered"
    sentence = "There are no answers. Answer at least one question."


class NotAnItem(NotFound):
    code = "not_an_item"
    sentence = "This is not a question of the self-assessment."


class TooManyOwnSkills(TooLarge):
    code = "too_many_own_skills"
    sentence = "These are more skills than the wallet keeps. Remove some first."
