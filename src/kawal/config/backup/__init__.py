"""Backups: the database and the files in one archive that says what it holds, and back again.

The keys are not in it: who finds a backup cannot read NIK and NIP, and who restores one needs the
keys kept apart from it.
"""
