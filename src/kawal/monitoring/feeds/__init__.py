"""The kinds of checks, one file each; a new kind is a new file and a line here."""

from kawal.monitoring.facts import Kind
from kawal.monitoring.feeds import dns, heartbeat, http, numbers, ping, tcp, tls
from kawal.monitoring.feeds.base import Feed, Fetching, Pushed

FETCHED: dict[Kind, Fetching] = {
    feed.kind: feed for feed in (http.FEED, tls.FEED, dns.FEED, tcp.FEED, ping.FEED)
}
PUSHED: dict[Kind, Pushed] = {feed.kind: feed for feed in (heartbeat.FEED, numbers.FEED)}
FEEDS: dict[Kind, Feed] = {**FETCHED, **PUSHED}
