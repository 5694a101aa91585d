"""What a family sees, behind a private address and without an account."""
