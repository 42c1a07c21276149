"""Where a test's clients call from."""

from random import randrange

from flask.testing import FlaskClient


def call_from_elsewhere(client: FlaskClient) -> FlaskClient:
    """Gives a client an address of its own: from one, links are tried so often a minute only."""
    parts = (str(randrange(256)) for _ in range(3))
    client.environ_base["REMOTE_ADDR"] = ".".join(("10", *parts))
    return client
