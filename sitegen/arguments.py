"""argv → options, and what is wrong with it in the reader's language."""

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NoReturn

from sitegen import __version__
from sitegen.errors import UsageError
from sitegen.options import misused, program
from sitegen.phrases import say

COMMANDS: Final = ("build", "serve", "new", "import", "check", "takedown", "list", "clean")
FLAG: Final = re.compile(r"(?<![\w-])--[a-z][\w-]*")
# What argparse says → what is wrong with the argument it names, in Korean and in English.
SAID: Final = (
    (r"expected .*argument.*", "값이 빠졌습니다", "needs a value"),
    (r"invalid int value: '(?P<given>.*)'", "수가 아닙니다: {given}", "not a number: {given}"),
    (
        r"invalid choice: '(?P<given>.*?)' \(choose from (?P<hint>.*)\)",
        "쓸 수 없는 값입니다: {given}",
        "cannot be {given}",
    ),
    (r"ignored explicit argument '(?P<given>.*)'", "값을 받지 않습니다: {given}", "takes no value: {given}"),
)
NAMED: Final = re.compile(r"argument (?P<name>[^:]+): (?P<what>.*)", re.DOTALL)
MISSING: Final = re.compile(r"the following arguments are required: (?P<names>.*)")


class Help(argparse.RawDescriptionHelpFormatter):
    """Help with its own word for usage."""

    def __init__(self, *, language: str, **settings: Any) -> None:  # noqa: ANN401  argparse's own
        super().__init__(**settings)
        self.usage_word = say(language, "help_usage")

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401
        """Add the usage, after our word."""
        super().add_usage(usage, actions, groups, self.usage_word if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks one language; what it cannot read is a UsageError. `words` and `flags` are its own."""

    def __init__(self, *, language: str, **settings: Any) -> None:  # noqa: ANN401  argparse's own
        form = partial(Help, language=language)
        super().__init__(formatter_class=form, allow_abbrev=False, add_help=False, **settings)
        self.language = language
        self.words = self.add_argument_group(say(language, "group_words"))
        self.flags = self.add_argument_group(say(language, "group_flags"))
        self.flags.add_argument("-h", "--help", action="help", help=say(language, "flag_help"))

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found wrong as a UsageError."""
        raise self.misuse(message)

    def misuse(self, message: str) -> UsageError:
        """Return what argparse says in our own words."""
        usage = " ".join(self.format_usage().removeprefix(say(self.language, "help_usage")).split())
        if missing := MISSING.fullmatch(message):
            needed = (
                "/".join(action.option_strings) or str(action.metavar) for action in self._actions if action.required
            )
            hint = " ".join(written(name, usage) for name in needed)  # all of them: what was given stands there, too
            return misused(missing["names"], "빠졌습니다", "is missing", f"{self.prog} {hint}")
        if found := NAMED.fullmatch(message):
            name = found["name"].split("/")[-1]  # -q/--quiet
            for said, ko, en in SAID:
                if details := re.fullmatch(said, found["what"], re.DOTALL):
                    given = details.groupdict()
                    name = name if name.startswith("-") else given.get("given", name)
                    hint = given.get("hint", "").replace("'", "") or written(name, usage)
                    return misused(name, ko.format(**given), en.format(**given), hint)
        return misused(self.prog, message, message, usage)


def written(name: str, usage: str) -> str:
    """Return how an argument is written: its part of the usage."""
    found = re.search(rf"(?<![\w-]){re.escape(name)}(?: [^\[\]-]+)?", usage)
    return found[0].strip() if found else name


def parse_arguments(arguments: list[str], language: str) -> argparse.Namespace:
    """Return the parsed command line. Raises UsageError; `--help` and `--version` end the program."""
    given = arguments
    if arguments[:1] not in [[name] for name in COMMANDS] and not {"-h", "--help", "--version"} & set(arguments):
        arguments = ["build", *arguments]
    parser, commands = parsers(language)
    options, rest = parser.parse_known_args(arguments)
    if rest and given[:1] == rest[:1] and not rest[0].startswith("-"):
        raise unknown(rest[0], "그런 명령은 없습니다", "there is no such command", COMMANDS)
    if rest and rest[0].startswith("-"):
        flags = sorted(set(FLAG.findall(commands[options.command].format_help())))
        raise unknown(rest[0].partition("=")[0], "그런 옵션은 없습니다", "there is no such option", flags)
    if rest and rest[0] in COMMANDS and arguments is not given:
        hint = f"{parser.prog} {rest[0]} {' '.join(given[: given.index(rest[0])])}"
        raise misused(rest[0], "명령은 옵션보다 먼저 적어 주세요", "the command comes before the options", hint)
    if rest:
        raise unknown(rest[0], "여기에 쓸 수 없는 말입니다", "does not belong here", ())
    return options


def unknown(word: str, ko: str, en: str, known: Sequence[str]) -> UsageError:
    """Return the error for a word that nothing is called; the hint is the nearest that something is."""
    from difflib import get_close_matches  # noqa: PLC0415  only now

    near = get_close_matches(word, known, 1, 0.7)
    if near:
        return misused(word, ko, en, f"혹시 {near[0]}인가요?", f"did you mean {near[0]}?")
    return misused(word, ko, en, "--help에 모두 있습니다", "--help shows them all")


def parsers(language: str) -> tuple[Parser, Mapping[str, Parser]]:
    """Return the parser of the whole command line, and those of its commands."""
    parser = Parser(
        language=language,
        prog=program(),
        description=say(language, "help_description"),
        epilog=say(language, "help_epilog", program=program()),
    )
    version = f"sitegen {__version__}"
    parser.flags.add_argument("--version", action="version", version=version, help=say(language, "flag_version"))
    title = say(language, "group_commands")
    adding = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, title=title, parser_class=Parser, prog=program()
    )
    commands: dict[str, Parser] = {}

    def command(name: str, *groups: Callable[[Parser], None]) -> Parser:
        about = say(language, f"help_{name}")
        commands[name] = adding.add_parser(name, language=language, help=about, description=about)
        for add in (*groups, speech_flags):
            add(commands[name])
        return commands[name]

    build = command("build", folder_flags, build_flags, judging_flags)
    build.flags.add_argument("--profile", metavar="FILE", nargs="?", const="", help=say(language, "flag_profile_time"))
    build.flags.add_argument("--workers", metavar="dask://HOST:PORT", help=say(language, "flag_workers"))
    build.flags.add_argument("--store", metavar="URL", default="", help=say(language, "flag_store"))
    serve = command("serve", folder_flags, build_flags)
    serve.flags.add_argument("--port", metavar="N", type=int, default=8000, help=say(language, "flag_port"))
    serve.flags.add_argument("--open", action="store_true", help=say(language, "flag_open"))
    new = command("new", folder_flags)
    new.words.add_argument("title", metavar="TITLE", nargs="?", help=say(language, "flag_title"))
    new.flags.add_argument("--workflow", action="store_true", help=say(language, "flag_workflow"))
    new.flags.add_argument("--now", metavar="WHEN", help=say(language, "flag_now"))
    import_flags(command("import"))
    listing = command("list", folder_flags, build_flags)
    what = ("all", "drafts", "future", "held", "waived")
    listing.words.add_argument("what", nargs="?", choices=what, default="all", help=say(language, "flag_what"))
    listing.flags.add_argument("--schema", action="store_true", help=say(language, "flag_schema"))
    checking = command("check", folder_flags, build_flags, judging_flags).flags
    checking.add_argument("--sarif", metavar="FILE", type=Path, help=say(language, "flag_sarif"))
    checking.add_argument("--external", action="store_true", help=say(language, "flag_external"))
    checking.add_argument("--explain", metavar="CODE", help=say(language, "flag_explain"))
    checking.add_argument("--explain-article", metavar="PATH", help=say(language, "flag_explain_article"))
    takedown_flags(command("takedown", folder_flags))
    command("clean", folder_flags)
    return parser, commands


def import_flags(parser: Parser) -> None:
    """Add what `import` takes."""
    language, flags = parser.language, parser.flags
    parser.words.add_argument("paths", metavar="PATH", nargs="*", help=say(language, "flag_captures"))
    flags.add_argument("--to", metavar="DIR", type=Path, help=say(language, "flag_to"))
    flags.add_argument("--profile", metavar="NAME", help=say(language, "flag_profile"))
    flags.add_argument("--from", dest="origin", choices=("data.go.kr",), help=say(language, "flag_from"))
    flags.add_argument("--since", metavar="DATE", help=say(language, "flag_since"))
    flags.add_argument("--until", metavar="DATE", help=say(language, "flag_until"))
    flags.add_argument("--service", choices=("press", "news"), default="press", help=say(language, "flag_service"))
    flags.add_argument("--quota", metavar="N", type=int, default=0, help=say(language, "flag_quota"))
    flags.add_argument("--retrieved", metavar="DATE", help=say(language, "flag_retrieved"))
    flags.add_argument("--dry-run", action="store_true", help=say(language, "flag_dry_run"))
    flags.add_argument("--check", action="store_true", help=say(language, "flag_check"))
    flags.add_argument("--update", action="store_true", help=say(language, "flag_update"))
    flags.add_argument("--force", action="store_true", help=say(language, "flag_force"))
    flags.add_argument("--no-captures", action="store_true", help=say(language, "flag_no_captures"))


def takedown_flags(parser: Parser) -> None:
    """Add what `takedown` takes."""
    language, flags = parser.language, parser.flags
    parser.words.add_argument("what", metavar="PATH|URL", help=say(language, "flag_taken"))
    flags.add_argument("--reason", metavar="TEXT", required=True, help=say(language, "flag_reason"))
    kinds = ("withdrawn", "gone", "replaced")
    flags.add_argument("--notice", choices=kinds, default="withdrawn", help=say(language, "flag_notice"))
    flags.add_argument("--replaced-by", metavar="URL", default="", help=say(language, "flag_replaced_by"))
    flags.add_argument("--title", metavar="TEXT", help=say(language, "flag_notice_title"))
    flags.add_argument("--now", metavar="WHEN", help=say(language, "flag_now"))


def folder_flags(parser: Parser) -> None:
    """Add the flags that name folders."""
    language, flags = parser.language, parser.add_argument_group(say(parser.language, "group_folders"))
    for name, default in (
        ("content", "content/"),
        ("output", ".cache/preview/" if parser.prog.endswith(" serve") else "_site/"),
        ("templates", "templates/"),
        ("static", "static/"),
        ("cache", ".cache/"),
    ):
        flags.add_argument(f"--{name}", metavar="DIR", type=Path, help=f"{say(language, f'flag_{name}')} ({default})")
    flags.add_argument("--no-cache", action="store_true", help=say(language, "flag_no_cache"))


def build_flags(parser: Parser) -> None:
    """Add the flags that decide what is built."""
    language, flags = parser.language, parser.add_argument_group(say(parser.language, "group_build"))
    flags.add_argument("--base-url", metavar="URL", help=say(language, "flag_base_url"))
    flags.add_argument("--now", metavar="WHEN", help=say(language, "flag_now"))
    flags.add_argument("--drafts", action="store_true", help=say(language, "flag_drafts"))
    flags.add_argument("--future", action="store_true", help=say(language, "flag_future"))
    flags.add_argument("--no-search", action="store_true", help=say(language, "flag_no_search"))
    flags.add_argument("--jobs", metavar="N", type=int, default=0, help=say(language, "flag_jobs"))


def judging_flags(parser: Parser) -> None:
    """Add the flag of commands whose status says what was found."""
    parser.flags.add_argument("--strict", action="store_true", help=say(parser.language, "flag_strict"))


def speech_flags(parser: Parser) -> None:
    """Add the flags that decide how much is said."""
    language, flags = parser.language, parser.add_argument_group(say(parser.language, "group_speech"))
    flags.add_argument("--json", action="store_true", help=say(language, "flag_json"))
    flags.add_argument("-q", "--quiet", action="store_true", help=say(language, "flag_quiet"))
    flags.add_argument("-v", "--verbose", action="store_true", help=say(language, "flag_verbose"))
