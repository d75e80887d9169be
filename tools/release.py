"""Makes a release, and checks one.

    python tools/release.py make 0.4.0       # the one command: everything up to the push, which is a person's
    python tools/release.py check 0.4.0      # is the commit that is checked out a whole release?
    python tools/release.py notes 0.4.0      # what to say of it: its section of the changelog, its line of the ledger, its hashes

`make` wants a clean tree and a section "Unreleased" with words in it. It sets the number and the day, writes the line of the ledger and the
data part of the changelog (what `asean-cyber diff` finds against the release before), makes pictures, notebooks and pages anew, commits,
checks, rehearses, tags, and opens the next version. Where it stops it says why, and nothing has left the machine: ``git reset --hard``
to the commit before undoes it. docs/releasing.md tells the rest.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ABOUT, CHANGELOG = ROOT / "src" / "asean_cyber" / "_about.py", ROOT / "CHANGELOG.md"
LEDGER = ROOT / "src" / "asean_cyber" / "_quality" / "releases.json"
IDS = ROOT / "tests" / "released-ids.tsv"
DATA, DIST = "src/asean_cyber/data", ROOT / "dist"
MAKERS = ("docs/_generate.py", "tools/metadata.py", "tools/constraints.py", "tools/pictures.py")
"""What makes files of the repository from the code and the data; after all of them the tree has to be as it was committed."""


def git(*command: str) -> str:
    return subprocess.run(["git", *command], cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8").stdout.strip()


def fresh(code: str) -> str:
    """What a new process prints that imports the library as it now is."""
    start = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); import asean_cyber as ac\n"
    return subprocess.run([sys.executable, "-c", start + code], cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8").stdout.strip()


def run(*command: str) -> None:
    """Run a script of the repository with the library as it now is."""
    subprocess.run([sys.executable, *command], cwd=ROOT, env=environment(), check=True)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def step(words: str) -> None:
    print(f"== {words}", flush=True)


def stop(words: str) -> None:
    sys.exit(f"no release: {words}")


def version_said() -> str:
    return fresh("print(ac.__version__)")


def released() -> dict[str, dict[str, Any]]:
    """The lines of the ledger, by version, the newest last."""
    return {line["version"]: line for line in json.loads(LEDGER.read_text(encoding="utf-8"))}


def enter(line: dict[str, Any]) -> None:
    """Write a line at the end of the ledger."""
    lines = [*released().values(), line]
    LEDGER.write_text(json.dumps(lines, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def list_ids(version: str) -> None:
    """Add the ids that are released for the first time to the list of those that have to lead somewhere for ever."""
    known = {tuple(line.split("\t")[:2]) for line in IDS.read_text(encoding="utf-8").splitlines()}
    sections = "from asean_cyber._quality.releases import SECTIONS"
    held = fresh(f"{sections}\nfor section in SECTIONS:\n    for item in getattr(ac.dataset().contents, section): print(section, item.id, sep='\\t')")
    with IDS.open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\t{version}\n" for line in held.splitlines() if tuple(line.split("\t")) not in known)


# The changelog.


def section(version: str) -> str:
    """What the changelog says of a version."""
    found = re.search(rf"^## {re.escape(version)}[^\n]*\n(.*?)(?=^## |\Z)", CHANGELOG.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return found[1].strip() if found else ""


def differences(version: str, since: str, dist: Path) -> str:
    """The part of the changelog on the data; all that changed, field by field, goes beside what is built."""
    command = [sys.executable, "tools/changes.py", since, "--full", str(dist.resolve() / f"changes-{version}.md")]
    return subprocess.run(command, cwd=ROOT, env=environment(), check=True, capture_output=True, text=True, encoding="utf-8").stdout.strip()


# The one command.


def make(version: str, day: str, *, rehearse: bool) -> None:
    if git("status", "--porcelain"):
        stop("the tree is not clean: commit or stash what git status shows")
    before = released()
    last = next(reversed(before))
    if version in before:
        stop(f"{version} was released on {before[version]['date']}; a version is never used twice")
    if version_said() != f"{version}.dev0":
        stop(f"the tree says it is {version_said()}, not {version}.dev0: one of the two is not meant")
    if not section("Unreleased"):
        stop("the section Unreleased of CHANGELOG.md says nothing: say first, in words, what the release brings")

    step(f"{version} of {day}, in {ABOUT.name}")
    number(version, day)
    step("the line of the ledger, and the ids that are new")
    enter(json.loads(fresh("import json; from asean_cyber._quality.releases import present; print(json.dumps(present()))")))
    list_ids(version)
    step(f"the changelog, with what changed in the data since {last}")
    words, data = section("Unreleased"), differences(version, before[last]["swhid"], DIST / version)
    head, _, rest = CHANGELOG.read_text(encoding="utf-8").partition("## Unreleased\n")
    older = rest[rest.index("\n## ") + 1 :]
    CHANGELOG.write_text(f"{head}## Unreleased\n\n## {version} - {day}\n\n{words}\n\n{data}\n\n{older}", encoding="utf-8", newline="\n")
    made()
    git("add", "--all")
    git("commit", "--quiet", "--message", version)
    check(version)
    if rehearse:
        step("the rehearsal")
        run("tools/rehearse.py", "--dist", str(DIST / version))
    git("tag", "--annotate", f"v{version}", "--message", f"{version}\n\n{section(version)}", "--cleanup=verbatim")
    following = ".".join([*version.split(".")[:1], str(int(version.split(".")[1]) + 1), "0"])
    number(f"{following}.dev0", day)
    run("tools/metadata.py")
    git("commit", "--quiet", "--all", "--message", f"On the way to {following}")
    step(f"{version} is made and tagged; what is left is yours: git push --follow-tags, and let the release go (docs/releasing.md)")


def number(version: str, day: str) -> None:
    text = ABOUT.read_text(encoding="utf-8")
    text = re.sub(r'^VERSION = ".*"$', f'VERSION = "{version}"', text, count=1, flags=re.MULTILINE)
    ABOUT.write_text(re.sub(r'^RELEASED = ".*"$', f'RELEASED = "{day}"', text, count=1, flags=re.MULTILINE), encoding="utf-8", newline="\n")


def made() -> None:
    for name in MAKERS:
        step(name)
        run(name)


# What a release has to be.


def check(version: str) -> None:
    step(f"is this {version}, whole?")
    faults = []
    if git("status", "--porcelain"):
        faults.append("the tree is not clean")
    if version_said() != version:
        faults.append(f"the tree says it is {version_said()}")
    lines = released()
    if version not in lines:
        faults.append("the ledger has no line for it")
    else:
        line = lines[version]
        if line["fingerprint"] != (now := fresh("print(ac.dataset().fingerprint)")):
            faults.append(f"the ledger's fingerprint is {line['fingerprint']}, that of the data {now}")
        if line["swhid"] != (now := f"swh:1:dir:{git('rev-parse', f'HEAD:{DATA}')}"):
            faults.append(f"the ledger's SWHID is {line['swhid']}, that of the folder {now}")
        if not re.search(rf"^## {re.escape(version)} - {line['date']}$", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE):
            faults.append(f"the changelog has no heading '## {version} - {line['date']}'")
    if "### Data" not in section(version):
        faults.append("its section of the changelog has no part on the data")
    faults += [f"it has the tag {tag}" for tag in git("tag", "--points-at", "HEAD").split() if tag.startswith("v") and tag != f"v{version}"]
    for name in MAKERS[:2]:  # not pictures, whose bytes depend on the fonts at hand
        run(name)
    if changed := git("status", "--porcelain"):
        faults.append(f"pages or metadata were not made anew: {changed}")
    if faults:
        stop("; ".join(faults))
    print(f"   {version}: clean, numbered, in the ledger, in the changelog, and its pages are made")


def notes(version: str, dist: Path | None) -> str:
    """What to say of a release."""
    lines = released()
    line = lines[version]
    if dist and (earlier := [each for each in lines if each != version]):
        differences(version, lines[earlier[-1]]["swhid"], dist)
    hashes = (dist / "SHA256SUMS").read_text(encoding="utf-8") if dist else ""
    told = "\n".join(f"- {name}: `{value}`" for name, value in line.items() if value)
    parts = [section(version), f"### In the ledger\n\n{told}", hashes and f"### SHA-256\n\n```text\n{hashes}```"]
    return "\n\n".join(filter(None, parts)) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Make a release, or check one.")
    parser.add_argument("what", choices=("make", "check", "notes"))
    parser.add_argument("version", help="such as 0.4.0")
    parser.add_argument("--day", default=datetime.datetime.now(tz=datetime.UTC).date().isoformat(), help="the day of the release (default: today)")
    parser.add_argument("--no-rehearsal", action="store_true", help="leave the rehearsal for later")
    parser.add_argument("--dist", type=Path, help="the folder that tools/rehearse.py --dist left")
    asked = parser.parse_args()
    if not re.fullmatch(r"\d+\.\d+\.\d+", asked.version):
        parser.error(f"{asked.version!r} is not a version such as 0.4.0")
    if asked.what == "make":
        make(asked.version, asked.day, rehearse=not asked.no_rehearsal)
    elif asked.what == "check":
        check(asked.version)
    else:
        print(notes(asked.version, asked.dist), end="")


if __name__ == "__main__":
    main()
