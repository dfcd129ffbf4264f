"""Regular expressions that are compiled when they are first used: a build after one edit uses few of the large ones."""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass
class Late:
    """An expression as written. To compile one of ours takes a millisecond or two."""

    written: str
    flags: re.RegexFlag = re.NOFLAG

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return the expression, compiled."""
        return re.compile(self.written, self.flags)
