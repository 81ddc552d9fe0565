"""The checkout's root is the package `osm2cdr`, whatever its folder is called."""

import importlib.util
import os
import sys

from areas import ROOT

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No Python that a test starts takes modules from the current folder.
os.environ["PYTHONSAFEPATH"] = "1"

if "osm2cdr" not in sys.modules:
    spec = importlib.util.spec_from_file_location(
        "osm2cdr", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["osm2cdr"] = package
    spec.loader.exec_module(package)
