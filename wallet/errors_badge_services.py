"""What the wallet refuses when it exchanges badges with platforms and programs (Open Badges 3.0, section 6).

PassportError
├── Indeterminate  PlatformUnreachable
├── Invalid        MalformedPlatformAddress
├── NotFound       UnknownPlatform UnknownProgram UnknownBadgeWaiting
├── Gone           ProgramAskOver
├── RateLimited    TooManyBadgesWaiting BadgeBeingExamined TooManyPrograms
└── NotAllowed     PlatformRefused PlatformForgotUs PlatformTakesNothing NoFormToSend
                   NothingGiven BadgeRefused
"""

from passport.errors import Gone, Indeterminate, Invalid, NotAllowed, NotFound, RateLimited


class MalformedPlatformAddress(Invalid):
    code = "malformed_platform_address"
    sentence = (
        "This is not the address of a platform. Type it like badges.example, without anything behind it."
    )


class PlatformUnreachable(Indeterminate):
    code = "platform_unreachable"
    sentence = (
        "The platform can't be reached or does not answer as it should. Nothing changed. Try again later."
    )


class PlatformRefused(NotAllowed):
    code = "platform_refused"
    sentence = "The platform refuses this. Nothing changed in your wallet."


class PlatformForgotUs(NotAllowed):
    code = "platform_forgot_us"
    sentence = "The platform no longer accepts this connection. Disconnect it here, and connect again."


class PlatformTakesNothing(NotAllowed):
    code = "platform_takes_nothing"
    sentence = "You did not let this wallet send badges to that platform, or it takes none."


class NoFormToSend(NotAllowed):
    code = "no_form_to_send"
    sentence = "This credential is here in a form that badge platforms don't read."


class UnknownPlatform(NotFound):
    code = "unknown_platform"
    sentence = "This platform is not connected to your wallet."


class UnknownProgram(NotFound):
    code = "unknown_program"
    sentence = "This program is not connected to your wallet."


class ProgramAskOver(Gone):
    code = "program_ask_over"
    sentence = "This question was answered, or waited too long. Begin again in the program."


class TooManyPrograms(RateLimited):
    code = "too_many_programs"
    sentence = "Too many programs wait for an answer in this wallet."


class NothingGiven(NotAllowed):
    code = "nothing_given_to_program"
    sentence = "Choose what the program may do, or refuse."


class UnknownBadgeWaiting(NotFound):
    code = "unknown_badge_waiting"
    sentence = "This badge no longer waits for an answer. Ask the program to send it again."


class TooManyBadgesWaiting(RateLimited):
    code = "too_many_badges_waiting"
    sentence = "Too many badges wait for the person's answer already. Send the next ones later."


class BadgeBeingExamined(RateLimited):
    code = "badge_being_examined"
    sentence = "Another badge is being examined for a program. Send this one again in a moment."


class BadgeRefused(NotAllowed):
    code = "badge_refused_by_person"
    sentence = "The person does not want this badge in the wallet."
