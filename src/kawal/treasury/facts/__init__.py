"""All that crosses this module's border."""
