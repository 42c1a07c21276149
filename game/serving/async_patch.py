"""Puts eventlet's machinery in place: every wait for a socket lets others go on."""

import os
import warnings


def patch() -> None:
    """Has the standard library wait cooperatively. To be called before other imports."""
    # psycopg's own wait would stop everybody; this one is told in its documentation
    os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")
    with warnings.catch_warnings():
        # the customer's choice, kept behind one setting; the notice helps nobody who runs a room
        warnings.simplefilter("ignore")
        import eventlet
    eventlet.monkey_patch()
