"""Whom this wallet exchanges badges with by the Open Badges API: platforms, and programs on this machine."""
