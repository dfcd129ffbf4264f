"""The rules of a cleaning in their order."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from sitegen.clean.rules import Work
from sitegen.clean.rules.credit import lift_credit
from sitegen.clean.rules.flow import settle_flow
from sitegen.clean.rules.headings import order_headings, settle_ids
from sitegen.clean.rules.languages import part_languages, tell_languages
from sitegen.clean.rules.links import clean_links, link_bare_addresses
from sitegen.clean.rules.pictures import link_remote_pictures
from sitegen.clean.rules.promo import remove_promotion
from sitegen.clean.rules.tables import count_bare_tables, drop_layout_rules
from sitegen.clean.tree import Element
from sitegen.config import Cleaning
from sitegen.runtime import spans
from sitegen.settings import SWITCHABLE

Rule = Callable[[Element, Work], None]
RULES: Final[tuple[tuple[str, Rule], ...]] = (
    ("ids", settle_ids),
    ("pictures", link_remote_pictures),
    ("bare-addresses", link_bare_addresses),
    ("links", clean_links),
    ("languages", part_languages),
    ("flow", settle_flow),
    ("promo", remove_promotion),
    ("credit", lift_credit),
    ("layout-rules", drop_layout_rules),
    ("headings", order_headings),
    ("bare-tables", count_bare_tables),
    ("languages-told", tell_languages),
)


def apply_rules(root: Element, work: Work) -> None:
    """Run the rules."""
    for name, rule in rules_under(work.settings):
        apply_rule(name, rule, root, work)


def apply_rule(name: str, rule: Rule, root: Element, work: Work) -> None:
    """Run one rule; `--profile` is told."""
    if spans.SPANS is None:
        rule(root, work)
    else:
        with spans.span(spans.RULE, name):
            rule(root, work)


@lru_cache(maxsize=4)
def rules_under(settings: Cleaning) -> tuple[tuple[str, Rule], ...]:
    """Return the rules that are not switched off, by name."""
    return tuple((name, rule) for name, rule in RULES if name not in SWITCHABLE or name not in settings.disable)
