"""Account, programme and fund codes by decree version, and dated parameters of the law."""
