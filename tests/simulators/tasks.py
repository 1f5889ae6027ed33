"""A worker's task whose items do what no honest item does."""

import gc
import os
import signal
import time

from passport.errors import MalformedJson


class Odd:
    def __init__(self, setup) -> None:
        self.found = []

    def share(self, found) -> None:
        self.found.append(found)

    def work(self, item):  # noqa: C901 - a line for each kind
        kind, value = item
        if kind == "refuse":
            raise MalformedJson(limit=3)
        if kind == "break":
            raise ZeroDivisionError
        if kind == "tell":
            raise ValueError(value)
        if kind == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "spin":
            while True:
                pass
        if kind == "sleep":
            time.sleep(value)
        if kind == "shared":
            return list(self.found)
        if kind == "process":
            return os.getpid()
        if kind == "tasks":
            return sum(isinstance(each, Odd) for each in gc.get_objects())
        return value
