"""Canonicalisation learned once per shape of document: docs/canonicalisation.md explains it.

shape (what stays the same) -> sentinels -> learn (where each value lands) -> lines, program -> shapes (kept).
Expansion stays the reference: a program is used only after it gave the same text, and what fits no program is
expanded.
"""
