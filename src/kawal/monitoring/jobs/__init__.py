"""Jobs of monitoring, one a file; importing the package registers them."""

from kawal.monitoring.jobs.findings import look_for_findings
from kawal.monitoring.jobs.partitions import keep_partitions
from kawal.monitoring.jobs.rollups import roll_up

__all__ = ["keep_partitions", "look_for_findings", "roll_up"]
