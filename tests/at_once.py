"""Many sessions at once, each a thread with a database connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from kawal.kernel.refusals import Refused


def at_once(sessions: int, act: Callable[[int], Any]) -> list[Any]:
    """Run ``act`` in all sessions from the same moment and return what each gave.

    A refusal is given as its first reason's code; whatever else breaks, breaks the test.
    """
    gave: list[Any] = [None] * sessions
    broke: list[BaseException] = []
    ready = threading.Barrier(sessions)

    def session(number: int) -> None:
        try:
            connection.ensure_connection()
            ready.wait()
            gave[number] = told(lambda: act(number))
        except BaseException as error:
            broke.append(error)
            ready.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=session, args=(number,)) for number in range(sessions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in broke:
        raise error
    return gave


def told(act: Callable[[], Any]) -> Any:
    """Return what an act gave, or the code of the first reason that it was refused for."""
    try:
        return act()
    except Refused as refused:
        return refused.reasons[0].code
