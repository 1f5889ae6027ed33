"""What the wallet refuses of intake: what somebody did, can and wants."""

from passport.errors import Conflict, Invalid, NotAllowed, NotFound, TooLarge


class PastWithoutOccupation(Invalid):
    code = "past_without_occupation"
    sentence = "Choose at least one occupation that comes close, and at most four."


class WhichSkill(NotFound):
    code = "which_skill"
    sentence = "No skill has exactly this name. Give a whole one, for example of those that come close."


class PastYears(Invalid):
    code = "past_years"
    sentence = (
        "The years are not right. Write them as 2018. It can't end before it began, "
        "and a year that is yet to come won't do."
    )


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


class TooManyVacancies(TooLarge):
    code = "too_many_vacancies"
    sentence = "These are more vacancies than the wallet keeps. Remove some first."


class UnknownVacancy(NotFound):
    code = "unknown_vacancy"
    sentence = "The wallet does not know this vacancy."


class NotAChoice(Invalid):
    code = "not_a_choice"
    sentence = "This can't be chosen here. Choose at least one from the list, and not too many."


class WishOutOfRange(Invalid):
    """`least` and `most` are the bounds of what is asked."""

    code = "wish_out_of_range"
    sentence = "Write a whole number, not too small and not too large."


class NothingToForget(NotFound):
    code = "nothing_to_forget"
    sentence = "There is nothing here to forget."


class AdviserNotNamed(Invalid):
    code = "adviser_not_named"
    sentence = "Write down who the adviser is."


class AdviceDecided(Conflict):
    code = "advice_decided"
    sentence = "You decided on this proposal already."


class NothingProposed(Invalid):
    code = "nothing_proposed"
    sentence = "Choose a skill or write down your advice."


class TooMuchAdvice(TooLarge):
    code = "too_much_advice"
    sentence = "This is more advice than the wallet keeps. Forget an older visit first."


class UnknownAdvice(NotFound):
    code = "unknown_advice"
    sentence = "The wallet does not know this advice, or the visit is over."


class AdviserAtWork(NotAllowed):
    code = "adviser_at_work"
    sentence = "An adviser is looking now. End the visit first: then your passphrase opens the wallet."
    way_on = "/adviser"


class NotShownToAdviser(NotAllowed):
    code = "not_shown_to_adviser"
    sentence = "The person did not choose to show this."
