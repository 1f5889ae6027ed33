"""More cores: work on many documents in processes of their own, in order, one bad item spoiling nothing.

Python's threads share one core, so many verifications at once need processes. A process is a fresh Python
(never a fork of a server with threads), is warm before it gets work, and ends with its parent, also after a
kill -9 of it. What travels between them are plain values (`marshal`): no message can carry a
VerifiedCredential or anything else that only this process's own verification may make.
"""

from passport.workers.inline import Inline, Workers
from passport.workers.items import Outcome, Refused
from passport.workers.pool import Job, Pool, cores
from passport.workers.streams import in_order

__all__ = ["Inline", "Job", "Outcome", "Pool", "Refused", "Workers", "cores", "in_order"]
