"""What a curl handle is told and asked, and our words for its errors."""

import errno
from typing import Any

import pycurl

from kawal.monitoring.addresses import Target
from kawal.monitoring.codes import Code
from kawal.monitoring.feeds.base import Answer, Net

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_VERIFY_EXPIRED = frozenset({9, 10})  # X509_V_ERR_CERT_NOT_YET_VALID, ..._HAS_EXPIRED
_VERIFY_HOST = frozenset({0, 1, 62, 64})  # the chain is good, curl itself refused the name
_FAULTS = {
    pycurl.E_OPERATION_TIMEDOUT: Code.TIMEOUT,
    pycurl.E_SSL_CONNECT_ERROR: Code.TLS_FAILED,
    pycurl.E_GOT_NOTHING: Code.CLOSED,
    pycurl.E_RECV_ERROR: Code.CLOSED,
    pycurl.E_SEND_ERROR: Code.CLOSED,
    pycurl.E_PARTIAL_FILE: Code.CLOSED,
    pycurl.E_SSL_CACERT_BADFILE: Code.INTERNAL,
    pycurl.E_OUT_OF_MEMORY: Code.LIMITS,
    pycurl.E_FAILED_INIT: Code.INTERNAL,
}
_OS_FAULTS = {
    errno.ECONNREFUSED: Code.REFUSED,
    errno.EADDRNOTAVAIL: Code.LIMITS,  # every port of ours is in use
    errno.EAGAIN: Code.LIMITS,
    errno.EMFILE: Code.LIMITS,
    errno.ENFILE: Code.LIMITS,
    errno.ENOBUFS: Code.LIMITS,
    errno.ENOMEM: Code.LIMITS,
    errno.EACCES: Code.NOT_PERMITTED,  # a firewall of our own
    errno.EPERM: Code.NOT_PERMITTED,
    errno.ETIMEDOUT: Code.CONNECT_TIMEOUT,
}


def prepare(handle: Any, net: Net, target: Target, address: str, deadline: float) -> None:
    """Point a handle at one address and nowhere else, whatever curl reads in the URL."""
    setopt = handle.setopt
    setopt(pycurl.URL, str(target))
    where = f"[{address}]" if ":" in address else address
    setopt(pycurl.CONNECT_TO, [f"::{where}:{target.port}"])
    setopt(pycurl.PROXY, "")
    setopt(pycurl.NOSIGNAL, 1)
    setopt(pycurl.FRESH_CONNECT, 1)
    setopt(pycurl.FORBID_REUSE, 1)
    setopt(pycurl.TIMEOUT_MS, max(1, int((deadline - net.clock()) * 1000)))
    if target.scheme == "https":
        setopt(pycurl.SSL_SESSIONID_CACHE, 0)
        setopt(pycurl.CAINFO, net.ca_file)
        setopt(pycurl.SSL_ENABLE_ALPN, 0)


def fault_of(handle: Any, error: int) -> tuple[Code, str]:
    """Return our code for curl's error number, and what curl says of it."""
    detail = handle.errstr()[:200]
    if error == pycurl.E_COULDNT_CONNECT:
        return _OS_FAULTS.get(handle.getinfo(pycurl.OS_ERRNO), Code.UNREACHABLE), ""
    if error == pycurl.E_OPERATION_TIMEDOUT and not handle.getinfo(pycurl.CONNECT_TIME):
        return Code.CONNECT_TIMEOUT, ""
    if error == pycurl.E_PEER_FAILED_VERIFICATION:
        result = handle.getinfo(pycurl.SSL_VERIFYRESULT)
        if result in _VERIFY_EXPIRED:
            return Code.CERT_EXPIRED, detail
        return (Code.CERT_HOST if result in _VERIFY_HOST else Code.CERT_UNTRUSTED), detail
    if "Too large response headers" in detail:
        return Code.TOO_LARGE, ""
    code = _FAULTS.get(error, Code.MALFORMED)
    return code, "" if code is Code.TIMEOUT else detail


def measure(handle: Any, answer: Answer) -> None:
    """Read the status, the redirect and the phases; curl counts each from the start."""
    info = handle.getinfo
    answer.status = info(pycurl.RESPONSE_CODE)
    if answer.status in REDIRECTS:
        answer.location = info(pycurl.REDIRECT_URL) or ""
    connected = info(pycurl.CONNECT_TIME)
    secured = info(pycurl.APPCONNECT_TIME)
    answer.connect = connected * 1000
    if secured:
        answer.tls = (secured - connected) * 1000
    answer.first = max(0.0, info(pycurl.STARTTRANSFER_TIME) - (secured or connected)) * 1000
