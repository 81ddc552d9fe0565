"""The independent readers of the formats: for each, a program that did not write the file tells what it finds.

A module per family, named as the writers' folders are, or per program where one needs more; each has its own table, and
all of them are put together here.
"""

import importlib
import pkgutil

from readers.found import Found

MODULES = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
READERS = {name: reader for module in MODULES for name, reader in getattr(module, "READERS", {}).items()}

__all__ = ["READERS", "Found"]
