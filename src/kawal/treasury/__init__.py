"""Treasury: contracts, payment documents, receipts, the bank and the cash books."""
