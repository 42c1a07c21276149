"""A real server in a process of its own, and clients that speak to it as browsers do."""

import atexit
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import requests
import socketio
from socketio.exceptions import ConnectionError
from sqlalchemy import select, update

from game.base.config import load
from game.base.secret import secret_key
from game.privacy import chain
from game.store.engine import Store
from tests.databases import lay_tables
from tests.server_origin import Forked, origin
from tests.waiting import LONG, STARTS, free_port, wait_until

COMMAND = (str(Path(sys.executable).parent / "sourcerie"), "serve")
SERVE = COMMAND

COMPILED = Path(tempfile.gettempdir()) / f"sourcerie-templates-{os.getpid()}"
atexit.register(shutil.rmtree, COMPILED, ignore_errors=True)


def cookie_line(cookies: Any) -> str:
    """Cookies as the head of a request has them."""
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies)


class Server:
    """`sourcerie serve` on a free port; the same folder and database after a restart."""

    def __init__(self, folder: Path, *args: str, **env: str) -> None:
        self.folder = folder
        self.args = args
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            **os.environ,
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "INSTANCE_DIR": str(folder),
            "PUBLIC_URL": self.url,
            **env,
        }
        self.log = folder / "server.log"
        self.process: subprocess.Popen[bytes] | Forked | None = None
        url = env.get("DATABASE_URL", f"sqlite:///{folder / 'sourcerie.db'}")
        self.database_url = url.replace("postgresql://", "postgresql+psycopg://")

    def start(self) -> "Server":
        self._spare_the_first_start()
        self.process = self._launched()
        try:
            wait_until(self._answers, STARTS)
        except BaseException:
            self.kill()  # a server that never answered is not left behind
            raise
        if not COMPILED.exists() and self._templates().exists():
            # what is being compiled at this moment has another name before long
            shutil.copytree(self._templates(), COMPILED, ignore=shutil.ignore_patterns("*.tmp"))
        return self

    def _launched(self) -> subprocess.Popen[bytes] | Forked:
        """One worker is forked where the imports are done; others are the command itself."""
        if SERVE == COMMAND and not self.args and "WORKERS" not in self.env:
            return origin(SERVE[0]).start(self.env, self.log)
        with self.log.open("ab") as out:
            return subprocess.Popen([*SERVE, *self.args], env=self.env, stdout=out, stderr=out)

    def _templates(self) -> Path:
        return self.folder / "templates"

    def _spare_the_first_start(self) -> None:
        """Compiled templates and empty tables take half a start: they are made once a test run."""
        if COMPILED.exists() and not self._templates().exists():
            shutil.copytree(COMPILED, self._templates())
        if self.database_url.startswith("sqlite:///"):
            lay_tables(Path(self.database_url.removeprefix("sqlite:///")))

    def _answers(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError(self.log.read_text()[-3000:])
        try:
            return requests.get(self.url, timeout=LONG).ok
        except requests.RequestException:
            return False

    def workers(self) -> list[psutil.Process]:
        """The processes that serve, where there are several."""
        assert self.process is not None
        return psutil.Process(self.process.pid).children()

    def kill(self) -> None:
        assert self.process is not None
        if self.process.poll() is not None:
            return
        everybody = [psutil.Process(self.process.pid), *self.workers()]
        for process in everybody:
            process.kill()
        self.process.wait(timeout=LONG)
        psutil.wait_procs(everybody[1:], timeout=LONG)

    def stop(self) -> float:
        """Asks it to stop; returns how many seconds it took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.terminate()
        self.process.wait(timeout=LONG)
        return time.monotonic() - began

    def measure(self, name: str) -> float:
        """One of its measures, as /metrics tells it."""
        told = requests.get(f"{self.url}/metrics", timeout=LONG).text
        (line,) = [line for line in told.splitlines() if line.startswith(f"{name} ")]
        return float(line.rpartition(" ")[2])

    def store(self) -> Store:
        """Its database; what is noted there is keyed as the server's own entries are."""
        store = Store(self.database_url)
        chain.key_with(store, secret_key(load(instance_dir=self.folder, _env_file=None)))
        return store

    def admin(self) -> "Staff":
        """The first administrator, signed in through the link that the start printed."""
        found = re.findall(r"/sign-in/link/\S+", self.log.read_text())
        return Staff(self).use_link(found[-1])


class Staff:
    """A browser of somebody who runs things."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.http = requests.Session()

    def use_link(self, link: str) -> "Staff":
        self.post(link, {})
        return self

    def get(self, path: str) -> requests.Response:
        return self.http.get(self._url(path), timeout=LONG)

    def post(self, path: str, form: dict[str, Any], page: str | None = None) -> requests.Response:
        """Sends a form with the token of the page that it stands on."""
        shown = self.get(page or path)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown.text)
        assert token, f"no form at {page or path}: {shown.status_code}"
        data = {"csrf_token": token[1], **form}
        return self.http.post(self._url(path), data=data, timeout=LONG)

    def _url(self, path: str) -> str:
        return path if path.startswith("http") else self.server.url + path

    def demo(self) -> dict[str, str]:
        """The demonstration as a workshop for real: its id, code and projector key."""
        from game.store.tables import Workshop

        self.post("/workshops/demo", {}, page="/workshops")
        store = self.server.store()
        with store.session() as s:
            newest = select(Workshop.id).order_by(Workshop.created_at.desc()).limit(1)
            at = newest.scalar_subquery()  # a write that comes first waits for its turn
            s.execute(update(Workshop).where(Workshop.id == at).values(sort="real"))
            s.commit()
            made = s.query(Workshop).order_by(Workshop.created_at.desc()).first()
            assert made is not None
            found = {"id": made.id, "code": made.code, "key": made.projector_key}
        store.close()
        return found


def _is_too_many(refused: BaseException | None) -> bool:
    """Was a line refused to a client in debt? The library says it in what its error came of."""
    if getattr(refused, "status_code", None) == 429:
        return True
    return refused is not None and _is_too_many(refused.__cause__ or refused.__context__)


class Wire:
    """One Socket.IO connection, and everything that came over it."""

    def __init__(
        self, server: Server, cookies: Any, auth: dict[str, Any], transport: str = "websocket"
    ) -> None:
        self.server = server
        self.cookies = cookies
        self.auth = auth
        self.transport = transport
        self.heard: list[tuple[str, Any]] = []
        self.client: socketio.Client | None = None

    def open(self) -> "Wire":
        """Opens it; again where the server has had too much of this client, as phones do."""
        wait_until(self._open)
        return self

    def _open(self) -> bool:
        self.client = socketio.Client(reconnection=False, handle_sigint=False)
        for name in ("screen", "me", "moved", "bye", "line"):
            self.client.on(name, self._keeper(name))
        cookie = cookie_line(self.cookies)
        headers = {"Cookie": cookie} if cookie else {}
        try:
            self.client.connect(
                self.server.url,
                headers=headers,
                auth=self.auth,
                transports=[self.transport],
                wait_timeout=LONG,
            )
        except ConnectionError as refused:
            if not _is_too_many(refused):
                raise
            return False
        return True

    def _keeper(self, name: str) -> Callable[..., None]:
        def keep(payload: Any = None) -> None:
            self.heard.append((name, payload))

        return keep

    def call(self, event: str, payload: Any = None, timeout: float = LONG) -> Any:
        assert self.client is not None
        return self.client.call(event, payload, timeout=timeout)

    def call_text(self, text: str) -> Any:
        """Sends an event as it is written, which may be no JSON; what it is acknowledged with."""
        assert self.client is not None
        said: list[Any] = []
        number = self.client._generate_ack_id("/", said.append)
        self.client.eio.send(f"2{number}{text}")
        return wait_until(lambda: said)[0]

    def all(self, name: str) -> list[Any]:
        return [payload for event, payload in self.heard if event == name]

    def screen(self) -> Any:
        return wait_until(lambda: self.all("screen"))[-1]

    def wait_screen(self, fits: Callable[[Any], bool], seconds: float = LONG) -> Any:
        wait_until(lambda: any(fits(s) for s in self.all("screen")[-1:]), seconds)
        return self.screen()

    def close(self) -> None:
        if self.client is not None:
            if self.transport == "polling":  # a request under way would keep the goodbye back
                wait_until(lambda: not self.client.eio.queue.unfinished_tasks)  # type: ignore[union-attr]
            self.client.disconnect()


class Phone:
    """A player's phone: its cookies, and its connection."""

    def __init__(
        self,
        server: Server,
        workshop: dict[str, str],
        nickname: str = "",
        transport: str = "websocket",
    ) -> None:
        self.server = server
        self.workshop = workshop
        self.transport = transport
        self.http = requests.Session()
        self.http.cookies.set("door", "1")  # what the door's page gives a browser
        self.wire = self._wire()
        self.nickname = nickname or f"Ortie {secrets.token_hex(3)}"

    def _wire(self) -> Wire:
        auth = {"surface": "phone", "workshop": self.workshop["id"], "lang": "fr", "v": 0}
        return Wire(self.server, self.http.cookies, auth, self.transport)

    def join(self, **typed: str) -> dict[str, Any]:
        url = f"{self.server.url}/{self.workshop['code']}/join"
        answer = self.http.post(url, json={"nickname": self.nickname, **typed}, timeout=LONG)
        return dict(answer.json())

    def play(self) -> "Phone":
        assert self.join()["ok"]
        self.wire.open()
        return self

    def reconnect(self) -> "Phone":
        self.wire.close()
        self.wire = self._wire()
        self.wire.open()
        return self

    def submit(self, round_id: str, answer: dict[str, Any], id: str | None = None) -> Any:
        sent = {"id": id or secrets.token_hex(8), "round": round_id, "answer": answer}
        return self.wire.call("submit", sent)

    def me(self) -> Any:
        return self.wire.call("sync", {})["me"]


class Remote:
    """The facilitator's remote, which always acts on the newest screen."""

    def __init__(self, staff: Staff, workshop: dict[str, str]) -> None:
        auth = {"surface": "remote", "workshop": workshop["id"], "lang": "fr", "v": 0}
        self.wire = Wire(staff.server, staff.http.cookies, auth).open()

    def call(self, event: str, payload: Any) -> Any:
        """What an event is answered with, once the server no longer finds that it is too many:
        a test presses faster than hands do."""

        def answer() -> Any:
            told = self.wire.call(event, payload)
            return None if told.get("error", {}).get("code") == "throttled" else told

        return wait_until(answer)

    def screen(self) -> Any:
        return self.call("sync", {"v": 0})["screen"]

    def do(self, name: str, **more: Any) -> Any:
        version = self.call("sync", {})["v"]
        return self.call("command", {"do": name, "v": version, **more})

    def until(self, stage: str, phase: str = "") -> Any:
        """Goes on until the room is there; returns the remote's screen."""
        for _ in range(60):
            now = self.screen()
            if now["stage"] == stage and (not phase or now["phase"] == phase):
                return now
            assert self.do("next")["ok"]
        raise AssertionError(f"never came to {stage} {phase}")


def lead(slot: str = "lead:aaaa0001", **more: Any) -> dict[str, Any]:
    """A lead as a phone sends it, with a relationship that the packs have."""
    return {
        "slot": slot,
        "name": "Solenn Kerguelen",
        "relationship": "former-colleague",
        "reach": "phone",
        "reach_value": "06 12 34 56 87",
        "company": "Chantiers Imaginaires",
        **more,
    }
