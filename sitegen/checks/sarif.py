"""Problems → SARIF 2.1.0, the form that code-scanning services show beside a change."""

import os
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import quote

from sitegen import __version__
from sitegen.messages import MESSAGES, hint_of, message_of
from sitegen.problems import Problem, Severity

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS: Final = {
    Severity.BUG: "error",
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}


def sarif_of(problems: Iterable[Problem], language: str) -> dict[str, Any]:
    """Return the log of one run."""
    found = list(problems)
    codes = sorted({problem.code for problem in found})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": MESSAGES[code].en},
            "defaultConfiguration": {"level": LEVELS[MESSAGES[code].severity]},
        }
        for code in codes
    ]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "sitegen", "version": __version__, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [result_of(problem, codes.index(problem.code), language) for problem in found],
            }
        ],
    }


def result_of(problem: Problem, rule: int, language: str) -> dict[str, Any]:
    """Return one finding; a waived one is suppressed with its reason."""
    where = problem.where
    hint = hint_of(problem, language)
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(os.fsencode(where.path))}}
    if where.line:
        place["region"] = {"startLine": where.line, "startColumn": max(1, where.column)}
    value: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": LEVELS[problem.severity],
        "message": {"text": message_of(problem, language) + (f"\n{hint}" if hint else "")},
        "locations": [{"physicalLocation": place}],
    }
    if problem.waived:
        value["suppressions"] = [{"kind": "external", "justification": problem.waived}]
    return value
