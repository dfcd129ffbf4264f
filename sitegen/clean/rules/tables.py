"""Tables and rules: layout rules (`hr`) at the edges go; data tables without header cells are counted."""

from typing import Final

from sitegen.clean.rules import Work
from sitegen.clean.tree import Element

NESTING: Final = frozenset({"blockquote", "dd", "dl", "figure", "li", "ol", "ul"})  # where a table may lie deeper


def drop_layout_rules(root: Element, work: Work) -> None:
    """Remove `hr` at the start, at the end and after another `hr`: they separated what has gone."""
    kept: list[Element | str] = []
    for child in root.children:
        is_rule = isinstance(child, Element) and child.tag == "hr"
        if is_rule and (not kept or is_hr(kept[-1])):
            work.found("layout-hr")
            continue
        kept.append(child)
    while kept and is_hr(kept[-1]):
        kept.pop()
        work.found("layout-hr")
    root.children = kept


def is_hr(node: "Element | str") -> bool:
    """Return whether a node is a horizontal rule."""
    return isinstance(node, Element) and node.tag == "hr"


def count_bare_tables(root: Element, work: Work) -> None:
    """Count tables of two cells or more without a header cell."""
    for child in root.children:
        if isinstance(child, Element) and child.tag == "table":
            tags = [part.tag for part in child.elements()]
            work.bare_tables += tags.count("td") > 1 and "th" not in tags
        elif isinstance(child, Element) and child.tag in NESTING:
            count_bare_tables(child, work)
