"""What runs in the place of the program that hears: see `tests/hearing.py`. It starts quickly."""

import json
import os
import sys
import time

from game.helpers import hear


def main() -> int:
    hear.end_with_parent(int(sys.argv[3]))
    with os.fdopen(int(sys.argv[1]), "rb") as given:
        told = json.loads(given.read())
    for at, text in told["says"]:
        print(json.dumps({"at": at, "end": at + 1, "text": text}), flush=True)
        print(json.dumps({"heard": at + 1}), flush=True)
    while told["ends"] is None:
        time.sleep(1)
    return int(told["ends"])


if __name__ == "__main__":
    sys.exit(main())
