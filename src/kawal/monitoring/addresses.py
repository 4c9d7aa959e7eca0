"""Where a check may connect to: the public internet, and what an administrator listed.

Against server-side request forgery it is the address that is judged, never the name: the caller
resolves a name itself, asks here, and connects to exactly that address (each redirect anew).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# IANA special-purpose registries (RFC 6890 and its updates); what is not global is closed.
_CLOSED_4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_GLOBAL_6 = IPv6Network("2000::/3")
_CLOSED_6 = tuple(
    IPv6Network(text)
    for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16")
)
_NAT64 = IPv6Network("64:ff9b::/96")

_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_NAME = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}\.?")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)\.?")


@dataclass(frozen=True, slots=True)
class Allowed:
    """A private network that an administrator opened, and its ports."""

    network: Network
    first_port: int
    last_port: int

    @classmethod
    def read(cls, network: str, first_port: int, last_port: int) -> "Allowed":
        """Read one from text.

        :raises ValueError: when the network is none.
        """
        return cls(ip_network(network), first_port, last_port)

    def holds(self, address: Address, port: int) -> bool:
        """Tell whether an address and port lie inside (port 0: one that knows no ports)."""
        return (
            address.version == self.network.version
            and address in self.network
            and self.first_port <= port <= self.last_port
        )


def embedded(address: Address) -> Address:
    """Return the IPv4 address inside an IPv6 one that only wraps it, else the address itself."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


@lru_cache(maxsize=65536)
def is_public(text: str) -> bool:
    """Tell whether an address is on the public internet, whatever it is wrapped in."""
    address = embedded(ip_address(text))
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    return address in _GLOBAL_6 and not any(address in network for network in _CLOSED_6)


@lru_cache(maxsize=65536)
def is_loopback(text: str) -> bool:
    """Tell whether an address never leaves this machine, so that no uplink is needed for it."""
    return embedded(ip_address(text)).is_loopback


@lru_cache(maxsize=65536)
def network_of(text: str) -> str:
    """Return the neighbourhood that shares a way with an address: its /24, or /48 of IPv6."""
    address = embedded(ip_address(text))
    bits = 24 if address.version == 4 else 48
    return str(ip_network(f"{address}/{bits}", strict=False))


def may_connect(text: str, port: int, allowed: Iterable[Allowed]) -> bool:
    """Tell whether a check may connect to an address and port."""
    if is_public(text):
        return True
    address = ip_address(text)
    return any(
        one.holds(candidate, port) for one in allowed for candidate in {address, embedded(address)}
    )


@dataclass(frozen=True, slots=True)
class Target:
    """An address of the web, taken apart and put together by us alone.

    ``host`` is a name in lower-case ASCII or a plain IP address; nothing that another program
    could read as something else gets in (numbers as hosts, user names, backslashes).
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def is_address(self) -> bool:
        """Tell whether the host is an IP address."""
        return ":" in self.host or self.host[-1:].isdigit()

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{host}{'' if self.port == usual else f':{self.port}'}{self.path}"


def read_host(text: str) -> str:
    """Return a host name in ASCII, or an IP address, in its one canonical form.

    :raises ValueError: when it is neither.
    """
    text = text.strip().strip("[]").lower()
    try:
        return str(ip_address(text))
    except ValueError:
        pass
    name = text if text.isascii() else text.encode("idna").decode("ascii")
    last = name.rstrip(".").rpartition(".")[2]
    if len(name) > 253 or not _NAME.fullmatch(name) or _NUMERIC.fullmatch(last):
        raise ValueError(f"{text!r} is not a host")
    return name.rstrip(".")


def read_target(text: str, base: Target | None = None) -> Target:
    """Return an http or https address taken apart; ``base`` is what a redirect starts from.

    :raises ValueError: when it is none, or carries a user name.
    """
    text = text.strip()
    if base and not re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE):
        from urllib.parse import urljoin

        text = urljoin(str(base), text)
    if any(ord(char) < 33 or char == "\\" for char in text):
        raise ValueError("an address holds no blanks and no backslashes")
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise ValueError(f"{text!r} is not an http or https address")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        path += "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]|")
    return Target(parts.scheme, read_host(parts.hostname), port, path)
