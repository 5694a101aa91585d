"""The Making It Work for Families Hub."""
