"""Outbox, channels, subscriptions, delivery log."""
