"""Every benchmark starts, and the code that it measures is there: what only a long run imports as well."""

import subprocess

from areas import ROOT

# Run where the benchmarks run.
LOOK = """
import ast, importlib, pathlib, sys
missing = []
for path in sorted(pathlib.Path("bench").glob("*.py")):
    importlib.import_module(path.stem)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("osm2cdr"):
            module = importlib.import_module(node.module)
            for name in node.names:
                if not hasattr(module, name.name):
                    try:
                        importlib.import_module(f"{node.module}.{name.name}")
                    except ImportError:
                        missing.append(f"{path}: {node.module}.{name.name}")
print(missing)
"""


def test_what_the_benchmarks_import_is_there(tmp_path):
    script = tmp_path / "look.py"
    script.write_text(LOOK, encoding="utf-8")
    done = subprocess.run([ROOT / ".ci" / "bench", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["[]"]), done.stderr
