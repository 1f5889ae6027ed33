"""Runs in the browser's Python at build time, before its memory is taken: read what a first page needs."""

import gc
import random
import sys

sys.path.insert(0, "/wallet.zip")
sys.dont_write_bytecode = True

import wallet.phone.begin

wallet.phone.begin.warm()
random.seed(0)  # the same bytes each time; `begin` seeds it anew on the phone
gc.collect()
