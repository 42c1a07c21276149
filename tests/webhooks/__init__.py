"""Webhooks: addresses, signatures, posting."""
