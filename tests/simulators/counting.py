"""Counts without a store, for what counts. Held to the same contract: tests/contract/test_counts_contract.py."""

from collections import Counter


class MemoryCounts:
    def __init__(self):
        self.kept = Counter()

    async def up(self, name, *, most, keep_until, by=1):
        if self.kept[name] + by > most:
            return False
        self.kept[name] += by
        return True

    async def down(self, name):
        self.kept[name] = max(self.kept[name] - 1, 0)
