"""Work that is done in another process: it ended, it took too long, or there is too much of it."""

from passport.errors.base import Indeterminate, TooLarge


class WorkerLost(Indeterminate):
    code = "worker_lost"
    sentence = "The process that worked on this ended before it was done. Try this one again."


class WorkFailed(Indeterminate):
    code = "work_failed"
    sentence = "Something went wrong on our side while this one was worked on."


class WorkTooLong(TooLarge):
    code = "work_too_long"
    sentence = "This takes more computing than is accepted for one document."


class TooMuchWaiting(Indeterminate):
    code = "too_much_waiting"
    sentence = "Too much is waiting to be worked on. Try again in a little while."
