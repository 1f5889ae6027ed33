"""The issuer's service: organisations that make achievements and issue signed credentials to holders."""
