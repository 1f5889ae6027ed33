"""Confirmations: a supervisor without an account confirms skills of a claim, and the employer signs it.

ask → invite → prove → say → record → sign → hand over. docs/confirmations.md tells the story.
"""
