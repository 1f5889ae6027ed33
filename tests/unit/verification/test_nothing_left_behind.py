"""A verification leaves no circles of objects behind: under load they are what fills the memory."""

import gc

import pytest

from passport.cli.bench import realistic_badge
from passport.cli.proof_operations import sign_all
from passport.clock import utc_now
from passport.documents import DocumentCache
from passport.verification import Context, verify_credential


@pytest.mark.parametrize("change", [(b"", b""), (b"Robot", b"Robin"), (b'"proof"', b'"prof"')])
def test_neither_a_genuine_credential_nor_a_refused_one_needs_the_garbage_collector(change):
    (source,) = sign_all([realistic_badge(0)])
    source = source.replace(*change)
    context = Context(DocumentCache(), utc_now())
    for _ in range(3):  # whatever is made once
        verify_credential(source, context)
    gc.collect()
    gc.disable()
    try:
        verify_credential(source, context)
        assert gc.collect() == 0
    finally:
        gc.enable()
