"""How the embedded server is set: lean in memory, private, and never losing a commit."""

SETTINGS = {
    # Nobody reaches it but through the private socket folder, and with a password.
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    # A city on one small machine: the whole product keeps below 600 MiB.
    "max_connections": "60",
    "shared_buffers": "64MB",
    "wal_buffers": "1MB",
    "work_mem": "4MB",
    "maintenance_work_mem": "48MB",
    "effective_cache_size": "512MB",
    "autovacuum_max_workers": "2",
    "autovacuum_naptime": "30s",
    "max_worker_processes": "2",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "max_logical_replication_workers": "0",
    "jit": "off",
    "random_page_cost": "1.1",
    # Crash-safe always; no replication is offered, so the log may be minimal.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "min_wal_size": "32MB",
    "max_wal_size": "512MB",
    "wal_compression": "on",
    "checkpoint_timeout": "10min",
    "timezone": "UTC",
    # Its log says what went wrong, never with whose data.
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}

# Settings that older servers do not know: the first major version that has them.
SINCE = {"io_method": (18, "sync")}


def settings(major: int) -> dict[str, str]:
    """Return the settings for a server of this major version."""
    newer = {name: value for name, (since, value) in SINCE.items() if major >= since}
    return SETTINGS | newer
