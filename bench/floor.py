"""The least that a check can cost: a bare fetch with libcurl's multi interface, nothing kept.

``python -m bench.floor URLS.json --seconds 20 --rate 200`` prints how many it fetched and the CPU;
with ``--authority FILE`` over TLS, each with a handshake of its own.
"""

import argparse
import json
import resource
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pycurl

HANDLES = 256


def fetch_all(
    urls: list[str], seconds: float, rate: float, authority: str = ""
) -> tuple[int, float]:
    """Fetch the addresses in turn at a rate; return how many came back right, and CPU seconds."""
    multi, pool = pycurl.CurlMulti(), [_handle(authority) for _ in range(HANDLES)]
    started, sent, good = time.monotonic(), 0, 0
    began = _cpu()
    while (now := time.monotonic() - started) < seconds:
        while pool and sent < now * rate:
            handle = pool.pop()
            handle.body = BytesIO()
            handle.setopt(pycurl.URL, urls[sent % len(urls)])
            handle.setopt(pycurl.WRITEDATA, handle.body)
            multi.add_handle(handle)
            sent += 1
        if len(pool) == HANDLES:
            time.sleep(max(sent / rate - now, 0.0))  # nothing under way: select would not wait
        else:
            multi.select(0.02)
        multi.perform()
        good += _collect(multi, pool)
    return good, _cpu() - began


def _handle(authority: str) -> Any:
    handle = pycurl.Curl()
    handle.setopt(pycurl.NOSIGNAL, 1)
    handle.setopt(pycurl.FRESH_CONNECT, 1)
    handle.setopt(pycurl.FORBID_REUSE, 1)
    if authority:
        handle.setopt(pycurl.CAINFO, authority)
        handle.setopt(pycurl.SSL_SESSIONID_CACHE, 0)
        handle.setopt(pycurl.SSL_ENABLE_ALPN, 0)
    return handle


def _collect(multi: Any, pool: list[Any]) -> int:
    good = 0
    while True:
        left, done, failed = multi.info_read()
        for handle in done:
            good += (
                handle.getinfo(pycurl.RESPONSE_CODE) == 200 and b"siap" in handle.body.getvalue()
            )
        for handle in [*done, *(one[0] for one in failed)]:
            multi.remove_handle(handle)
            pool.append(handle)
        if not left:
            return good


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Fetch and print one line of JSON."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("urls", type=Path)
    arguments.add_argument("--seconds", type=float, default=20.0)
    arguments.add_argument("--rate", type=float, default=200.0)
    arguments.add_argument("--authority", default="")
    chosen = arguments.parse_args()
    urls = json.loads(chosen.urls.read_text())
    fetched, cpu = fetch_all(urls, chosen.seconds, chosen.rate, chosen.authority)
    print(json.dumps({"fetched": fetched, "cpu": cpu}))


if __name__ == "__main__":
    main()
