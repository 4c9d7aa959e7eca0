"""The demo city's facts: places are real and public, people and applications are invented."""
