"""Files by SHA-256, number series, PDF, public verification."""
