"""Staff screens for stories: who is in one, what they said, and what is still missing."""
