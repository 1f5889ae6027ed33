"""Offers that holders claim with proof of their key."""
