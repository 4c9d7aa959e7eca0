"""Which private networks an administrator may open to checks: pure."""

from ipaddress import ip_network

from kawal.kernel import screening
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

LONGEST_WHY = 300


def canonical(network: str) -> str:
    """Return a network in its one form, such as ``10.10.0.0/16``; empty when it is none."""
    try:
        return str(ip_network(network.strip()))
    except ValueError:
        return ""


def opening_refusals(
    network: str, first_port: int, last_port: int, why: str, *, is_open: bool
) -> list[Reason]:
    """Return every reason not to open a network; its ground is published."""
    reasons = _network(network, is_open)
    if not (0 <= first_port <= last_port <= 65_535):
        text = N_("Kisaran porta harus 0 sampai 65535, dari kecil ke besar.")
        reasons.append(Reason("network.ports", text, at="first_port"))
    if not why.strip():
        reasons.append(Reason("network.no_why", N_("Tulis alasannya."), at="why"))
    elif len(why) > LONGEST_WHY:
        text = N_("Paling panjang %(most)s huruf.")
        values = {"most": LONGEST_WHY}
        reasons.append(Reason("network.too_long", text, at="why", values=values))
    return reasons + screening.reasons(why, at="why")


def _network(network: str, is_open: bool) -> list[Reason]:
    known = canonical(network)
    if not known:
        text = N_("Tulis jaringan seperti 10.10.0.0/16; bagian tuannya nol.")
        return [Reason("network.none", text, at="network")]
    if not ip_network(known).is_private:
        text = N_("Jaringan ini publik: pemeriksaan sudah boleh menjangkaunya.")
        return [Reason("network.public", text, at="network")]
    if is_open:
        return [Reason("network.is_open", N_("Jaringan ini sudah dibuka."), at="network")]
    return []
