"""A10, A12, A13: documents changed at random, compiled canonicalisation against the reference. `make fuzz` does a million."""

import os
from pathlib import Path

from tests.simulators.fuzzing import CHUNK, chunk

ROUNDS = int(os.environ.get("MUTATIONS", "3000"))


def test_compiled_and_expanded_agree_on_documents_changed_at_random(samples: Path) -> None:
    for first in range(0, ROUNDS, CHUNK):
        rounds = min(CHUNK, ROUNDS - first)
        counts, failures = chunk((20_261_122, first, first + rounds))
        assert failures == []
        assert counts["compiled"] > rounds / 3
        assert counts["new_shapes"] > rounds / 500
        assert counts["bytes_refused"] > rounds / 20
