"""Tests of the desk: reads, writes, rights and pages of monitoring."""
