"""Learners, who have no account: they prove a mailbox that the school wrote on their offer, or its code."""
