"""``make bench``: every benchmark of this folder, one after the other, each beside its baseline.

Each page can also be run alone, with its own sizes: ``python benchmarks/<name>.py --help``.
"""

import runpy
import sys
import time
from pathlib import Path


def main() -> int:
    """Run them all; the exit code tells whether each one came to its end."""
    failed = []
    for page in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        print(f"\n== {page.stem} ==", flush=True)
        began = time.perf_counter()
        sys.argv = [str(page)]
        try:
            runpy.run_path(str(page), run_name="__main__")
        except SystemExit as end:
            if end.code:
                failed.append(page.stem)
        print(f"-- {page.stem}: {time.perf_counter() - began:.1f} s", flush=True)
    if failed:
        print(f"did not end well: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
