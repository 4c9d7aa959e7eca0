"""The doorway: event streams and pings answered here, everything else forwarded to the pages.

One origin without a proxy in front; thousands of open screens cost no worker of the pages.
"""
