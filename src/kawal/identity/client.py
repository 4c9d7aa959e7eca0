"""Whence a request comes: the address that the doorway saw, whole or shortened."""

from ipaddress import ip_address, ip_network

from django.http import HttpRequest

KEPT_BITS = {4: 24, 6: 48}


def client_address(request: HttpRequest) -> str:
    """Return the reader's address, empty when it is not known.

    The pages listen on a private socket, and the doorway in front writes the header anew; so the
    header is believed only where the connection itself has no address. Of several the last is the
    one that the nearest proxy saw.
    """
    near = request.META.get("REMOTE_ADDR", "")
    return _valid(near) or _valid(request.headers.get("X-Forwarded-For", "").rpartition(",")[2])


def _valid(text: str) -> str:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return ""


def household_of(address: str) -> str:
    """Return what counts as one sender: of IPv6 the /64, all of which one line may use at will."""
    if address and ip_address(address).version == 6:
        return str(ip_network(f"{address}/64", strict=False))
    return address


def network_of(address: str) -> str:
    """Return the network that an address lies in: enough to tell the office from elsewhere."""
    if not address:
        return ""
    bits = KEPT_BITS[ip_address(address).version]
    return str(ip_network(f"{address}/{bits}", strict=False))


def agent_of(request: HttpRequest) -> str:
    """Return what the browser calls itself, shortened."""
    return request.headers.get("User-Agent", "")[:200]
