"""Intake: from what somebody did and says to skills, each with its reason and its date."""
