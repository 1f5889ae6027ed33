"""Runs in the browser's Python at build time, before its memory is taken: read what a first page needs."""

import gc
import sys

sys.path.insert(0, "/wallet.zip")
sys.dont_write_bytecode = True

import wallet.phone.begin

wallet.phone.begin.warm()
gc.collect()
