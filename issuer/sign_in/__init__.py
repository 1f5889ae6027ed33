"""How people get into the console: by passphrase or passkey, and by a one-time link to choose either."""
