"""Whether the port is free before anything is started, and whether the product answers on it."""

import errno
import http.client
import socket

from kawal.config.environment import Misconfigured


def see_free(host: str, port: int) -> None:
    """Open the port for a moment.

    :raises Misconfigured: when somebody else has it, or we may not open it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
            trial.listen(1)
        except OSError as error:
            raise Misconfigured(_why(error, host, port)) from error


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use; choose another: PORT={port + 1} make run"
    if error.errno == errno.EACCES:
        return f"Port {port} needs root; choose one above 1023: PORT=8000 make run"
    return f"{host}:{port} cannot be opened ({error.strerror}); see KAWAL_BIND and PORT"


def answers(host: str, port: int) -> bool:
    """Tell whether the product says that it is ready."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = http.client.HTTPConnection(here, port, timeout=1.0)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
