"""The yearly check-up in the wallet: the day, the reminder, what is found, and what is kept."""
