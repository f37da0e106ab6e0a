"""Suppressions for what stands today, and what they would silence."""
