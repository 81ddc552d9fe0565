"""What people read is said with its key and values, in every room: a finished English text nobody can translate."""

import ast
import builtins

from areas import ROOT

# Where a call takes a sentence.
TAKES = {
    "RequestError": 1, "SourceError": 1, "WriteError": 1, "ExportError": 1, "Busy": 1, "Elsewhere": 1, "NoAreas": 1,
    "warning": 1, "progress": 1, "Creeping": 3, "together": 2, "append": 0, "setProgressText": 0, "pushInfo": 0,
    "pushWarning": 0, "reportError": 0, "QgsProcessingException": 0,
}  # fmt: skip
# What `append` fills with sentences.
LISTS = ("warnings", "reasons")


def trees():
    """The name and the syntax tree of every module that can say something to a person in QGIS."""
    for room in ("osm2cdr_plugin", "processing_provider"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if "_vendor" not in path.parts:
                yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def name_of(node):
    """What a call calls, a name or an attribute; empty for anything else."""
    return getattr(node, "attr", getattr(node, "id", ""))


def said_at(tree):
    """The arguments that are sentences: of errors, warnings and progress, also those raised by other names."""
    for node in ast.walk(tree):
        raised = getattr(node, "exc", None)
        if isinstance(raised, ast.Call) and name_of(raised.func) not in TAKES:
            yield from [] if hasattr(builtins, name_of(raised.func)) else raised.args
        if isinstance(node, ast.Call):
            name = name_of(node.func)
            if name == "append" and name_of(getattr(node.func, "value", None)) not in LISTS:
                continue
            if name in TAKES and TAKES[name] < len(node.args):
                yield node.args[TAKES[name]]


def faults(tree):
    """The lines on which a sentence is put together so that its values are lost in it."""
    assigned = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            assigned.setdefault(node.targets[0].id, []).append(node.value)
    for said in said_at(tree):
        for value in assigned.get(said.id, []) if isinstance(said, ast.Name) else [said]:
            for part in (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,):
                if isinstance(part, ast.JoinedStr) and has_words(part):
                    yield part.lineno
                # tr("...").format(...) is of a text that is translated already.
                formats = isinstance(part, ast.Call) and name_of(part.func) == "format"
                if formats and isinstance(part.func.value, ast.Constant):
                    yield part.lineno
                if isinstance(part, ast.BinOp) and any(isinstance(x, ast.Constant) for x in (part.left, part.right)):
                    yield part.lineno


def has_words(node):
    """Whether an f-string has words beside its values: `path, size` says the same in every language."""
    return any(isinstance(part, ast.Constant) and any(map(str.isalpha, part.value)) for part in node.values)


def test_what_has_values_is_said_with_them():
    found = [f"{path}:{line}" for path, tree in trees() for line in faults(tree)]
    assert not found, f'write say("... {{0}} ...", value) at {", ".join(found)}'


def test_templates_are_found():
    """`say` gets a text that stands there, or a name of our tables: nothing else could be translated beforehand."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or name_of(node.func) != "say" or path.name == "sentence.py":
                continue
            key = node.args[0]
            named = isinstance(key, ast.JoinedStr) and all(
                isinstance(part, ast.Constant) or (isinstance(part.value, ast.Name) and part.value.id.isupper())
                for part in key.values
            )
            assert isinstance(key, ast.Constant) or named or getattr(key, "attr", "") in ("name", "title"), (
                f"{path}:{node.lineno}"
            )


def test_what_loses_its_values_is_found():
    """The rule itself: each of these ways to say something, and none of those that keep the values."""
    wrong = (
        'raise WriteError("code", f"The file {path} is lost.")',
        'raise LostError(f"The file {path} is lost.")',
        'feedback.warning("code", "The file {0} is lost.".format(path))',
        'feedback.progress(10, "reading " + name)',
        'feedback.progress(10, "reading %s" % name)',
        'written.warnings.append(f"Without {name}." if name else "")',
        'text = f"The file {path} is lost."\nfeedback.warning("code", text)',
    )
    right = (
        'raise WriteError("code", say("The file {0} is lost.", path))',
        'raise WriteError("code", "The file is lost.")',
        'raise ValueError(f"the table {name} is wrong")',
        'feedback.pushInfo(f"{path}, {size}")',
        'feedback.pushInfo(tr("Styled: {0}.").format(count))',
        'parts.append(f"M {x} {y}")',
    )
    assert all(list(faults(ast.parse(text))) for text in wrong)
    assert not any(list(faults(ast.parse(text))) for text in right)
