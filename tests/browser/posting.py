"""Mail that a browser's tests send: the job beside their server, and what arrived."""

from game.base.clock import now_ms
from game.base.config import load
from game.base.days import day_of
from game.base.paths import content
from game.content import load as packs
from game.jobs.worker import Worker
from tests.serving import Server
from tests.smtp import Post

SENDER = "talents@maison.fr"


def work(server: Server, post: Post) -> None:
    """What is on the queue is done, as the worker beside the server does it."""
    settings = load(
        instance_dir=server.folder,
        smtp_url=post.url,
        mail_from=SENDER,
        public_url=server.url,
        _env_file=None,
    )
    store = server.store()
    worker = Worker(store, packs(content()), settings)
    worker.asked = day_of(now_ms())
    while worker.once():
        pass
    store.close()
