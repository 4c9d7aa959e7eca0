"""Persons, their logins, sessions and the private access log."""
