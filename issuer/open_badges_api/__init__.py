"""An organisation as a provider of badges: what learners got, for programs that they let."""
