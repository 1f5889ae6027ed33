"""The whole story, with real processes over real HTTP. All people and organisations in it are made up."""
