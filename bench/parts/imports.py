"""A file of a hundred thousand people comes into the pool on SQLite: processor time and memory."""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.report import Figure, Report

SMALL, LARGE = 20_000, 100_000  # lines
MOST = 60  # seconds of one processor for the large one
GROWS = 32  # MB at most from the small file to the large one
FIRST = ("Nora", "Enora", "Louis", "Zoé", "Malo", "Jeanne", "Pierre", "Lucie", "Karim", "Inès")
MEASURED = """
import sys
from pathlib import Path
from sqlalchemy.orm import Session
from bench.process import own_cpu
from game import content
from game.base import paths
from game.imports.pool_file import import_pool
from game.store.engine import Store
from game.store.migrate import upgrade
import resource
folder, file = Path(sys.argv[1]), Path(sys.argv[2])
url = f"sqlite:///{folder / 'pool.db'}"
upgrade(url)
packs = content.load(paths.content())
began = own_cpu()
with Session(Store(url).writing) as session:
    taken = import_pool(session, file, "a secret of this bench", packs, "FR").taken
print(taken, own_cpu() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def run(report: Report, _long: bool) -> None:
    """Two files, each in a process of its own, so that memory is compared from one start."""
    small, large = _measured(SMALL), _measured(LARGE)
    report.add(Figure(f"import of {LARGE:,} lines, SQLite: processor", large[0], "s", most=MOST))
    grown = (large[1] - small[1]) / 1024
    note = f"beyond that of {SMALL:,} lines"
    report.add(Figure("  memory that grows with the file", grown, "MB", most=GROWS, note=note))


def _measured(lines: int) -> tuple[float, float]:
    """Seconds of processor, and KB of memory at most."""
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        file = Path(folder) / "people.csv"
        _write(file, lines)
        command = [sys.executable, "-c", MEASURED, folder, str(file)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    if int(said[-3]) != lines:
        raise ValueError(f"{said[-3]} of {lines} were taken")
    return float(said[-2]), float(said[-1])


def _write(file: Path, lines: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as into:
        rows = csv.writer(into, delimiter=";")
        rows.writerow(("Nom", "Mail", "Téléphone", "Entreprise", "Métier", "Compétences"))
        for n in range(lines):
            name = f"{FIRST[n % len(FIRST)]} Imaginaire{n}"
            phone = f"06{n:08d}"
            rows.writerow((name, f"p{n}@exemple.fr", phone, f"Maison {n % 400}", "Soudeuse", "TIG"))
