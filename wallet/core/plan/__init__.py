"""Plans that the person keeps: what for, which modules, how far, and what came of it. All in the vault."""
