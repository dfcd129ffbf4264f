"""`python build.py --json` on standard input → its errors on standard output, as GitHub shows them at their lines."""

import json
import sys

SHOWN = 9  # GitHub shows ten of a step; the last one says how many more there are


def written(text: str, more: str = "") -> str:
    """Return a text as a workflow command takes it; `more`: signs that would end a property."""
    return "".join(f"%{ord(sign):02X}" if sign in f"%\r\n{more}" else sign for sign in text)


def annotation(problem: dict[str, object]) -> str:
    """Return the line that GitHub makes an annotation of."""
    named = {"file": problem["path"], "line": problem["line"] or 1, "title": problem["code"]}
    properties = ",".join(f"{name}={written(str(value), ':,')}" for name, value in named.items())
    said = "\n".join(filter(None, (str(problem["message"]), str(problem["hint"]))))
    return f"::error {properties}::{written(said)}"


errors = [problem for problem in json.load(sys.stdin)["problems"] if problem["severity"] == "error"]
for error in errors[:SHOWN]:
    print(annotation(error))
if errors[SHOWN:]:
    print(f"::error::{len(errors) - SHOWN} more: see the step Build")
