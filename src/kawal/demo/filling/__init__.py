"""How the demo city is filled: through the modules' own actions, one file a module."""
