"""Staff's screens for feedback."""
