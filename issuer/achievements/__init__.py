"""Achievements: what can be awarded, aligned to skills."""
