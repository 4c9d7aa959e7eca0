"""Pages of monitoring for officers: the inventory, the checks, the incidents, the watchers."""
