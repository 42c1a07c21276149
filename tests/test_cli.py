"""The command: content, users, the pool to a file and back, and the doctor."""

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from game.cli import main
from tests.imports.test_reference import UNIT_HEADER, UNITS, written
from tests.waiting import STARTS

SOURCERIE = str(Path(sys.executable).parent / "sourcerie")
PEOPLE = """name;role;company;phone;mail;skills
Solenn Kerguelen;Régleuse;Chantiers Imaginaires;06 12 34 56 87;;"tournage, fraisage"
;Soudeuse;Chantiers Imaginaires;;;
Malo Trégastel;;;;nope;
Enora Le Guirriec;;;;enora@exemple.fr;
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        "LC_ALL": "C.UTF-8",
        "INSTANCE_DIR": str(folder / "instance"),
        "PUBLIC_URL": "http://x.test",
    }
    return subprocess.run(
        [SOURCERIE, *words], cwd=folder, env=env, capture_output=True, text=True, timeout=STARTS
    )


def test_the_pool_goes_in_and_out(folder: Path) -> None:
    (folder / "in.csv").write_text(PEOPLE, encoding="utf-8-sig")
    taken = run(folder, "pool", "import", "in.csv", "--lang", "en")
    assert taken.returncode == 1
    assert taken.stdout.strip() == "Taken: 3. Already known: 0. Lines refused: 1."
    assert [line.split(":")[0] for line in taken.stderr.splitlines()] == ["line 3", "line 4"]
    assert run(folder, "pool", "export", "out.xlsx").stdout.strip() == "3 leads"
    sheet = openpyxl.load_workbook(folder / "out.xlsx").active
    assert sheet is not None
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    phones = {dict(zip(header, row, strict=True))["Téléphone"] for row in rows}
    assert phones == {"+33612345687", None}
    for file in ("out.xlsx", "out.csv"):
        run(folder, "pool", "export", file)
        again = run(folder, "pool", "import", file, "--lang", "fr")
        assert again.returncode == 0, again.stderr
        assert again.stdout.strip() == "Prises : 0. Déjà connues : 3. Lignes refusées : 0."


def test_public_files_are_read_listed_and_taken_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSTANCE_DIR", str(folder / "instance"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    stock = str(written(folder, "StockUniteLegale", [UNIT_HEADER, *UNITS]))

    def said(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["reference", *words])
        return done.exit_code, done.output

    for wrong in ((), ("--naf", "informatique")):
        code, told = said("import", stock, *wrong)
        assert code == 1
        assert told.startswith("Error: ")
    code, told = said("import", stock, "--naf", "62", "--staff", "250", "--day", "2026-11-01")
    assert code == 0
    assert "1  units" in told
    assert "3  natural" in told
    id, day, count, name = said("list")[1].split()
    assert (day, count, name) == ("2026-11-01", "1", "StockUniteLegale.zip")
    assert said("drop", id) == (0, "")
    assert said("list") == (0, "")
    assert said("drop", id)[0] == 1


def test_a_file_that_cannot_be_written_is_named(folder: Path) -> None:
    for words in (["backup"], ["pool", "export"]):
        done = run(folder, *words, "nowhere/out.csv")
        assert done.returncode == 1
        assert done.stderr.strip() == "Error: nowhere/out.csv: No such file or directory"


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"\r\n;;\r\n", b"\x00", b"Nom;Mail\r\n"])
def test_a_file_of_nobody_is_said(raw: bytes, folder: Path) -> None:
    (folder / "in.csv").write_bytes(raw)
    done = run(folder, "pool", "import", "in.csv", "--lang", "en")
    assert "Traceback" not in done.stderr
    if raw.startswith(b"Nom"):
        assert done.stdout.startswith("Taken: 0.")
    else:
        assert done.returncode == 1
        assert len(done.stderr.strip().splitlines()) == 1


def test_a_user_gets_a_link(folder: Path) -> None:
    made = run(folder, "user", "add", "ada@maison.fr", "--role", "recruiter")
    assert made.stdout.startswith("http://x.test/sign-in/link/")
    again = run(folder, "user", "add", "ada@maison.fr")
    assert again.returncode == 1
    assert "mail_taken" in again.stderr
    assert run(folder, "user", "add", "nobody").returncode == 1


def test_who_cannot_get_in_is_given_a_new_link(folder: Path) -> None:
    first = run(folder, "user", "add", "ada@maison.fr").stdout
    again = run(folder, "user", "link", "Ada@maison.fr").stdout
    assert again.startswith("http://x.test/sign-in/link/")
    assert again != first
    nobody = run(folder, "user", "link", "nobody@maison.fr")
    assert nobody.returncode == 1
    assert "nobody@maison.fr" in nobody.stderr


def test_a_demo_prints_its_addresses(folder: Path) -> None:
    said = run(folder, "demo").stdout
    assert [line.split(":")[0] for line in said.splitlines()] == ["Join", "Projector", "Remote"]


def test_the_doctor_says_what_to_mend(folder: Path) -> None:
    run(folder, "demo")
    said = run(folder, "doctor")
    assert said.returncode == 0, said.stdout
    states = {line.split()[1].rstrip(":"): line.split()[0] for line in said.stdout.splitlines()}
    assert states["database"] == states["clock"] == states["content"] == "ok"
    assert states["address"] == "warn"


def test_content_check_fails_on_a_mistake(folder: Path) -> None:
    said = run(folder, "content", "check", str(folder))
    assert said.returncode == 1
    assert "fr: -: the folder is missing" in said.stdout
