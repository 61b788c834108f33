"""Policy against texts that people marked: what it refuses and warns of, and what it lets pass."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from flow_nb.shield.policy.check import judge

FOLDER = Path(__file__).parent.parent / "shield"
SETS = ("policy_seen.toml", "policy_fresh.toml")


def texts(name: str) -> Iterator[tuple[str, str, str]]:
    """Category, verdict, text of a marked set."""
    for category, verdicts in tomllib.loads((FOLDER / name).read_text()).items():
        for verdict, found in verdicts.items():
            for text in found:
                yield category, verdict, text


def report() -> None:
    """Precision and recall of stopping (refuse), and of saying anything (refuse or warn)."""
    for name in SETS:
        rows = [(wanted, judge(text).verdict, text) for _, wanted, text in texts(name)]
        print(f"\n{name}: {len(rows)} texts, {sum(w == g for w, g, _ in rows)} verdicts as marked")
        for word, loud in (("refuse", {"refuse"}), ("refuse or warn", {"refuse", "warn"})):
            both = sum(w in loud and g in loud for w, g, _ in rows)
            said, due = sum(g in loud for _, g, _ in rows), sum(w in loud for w, _, _ in rows)
            precision, recall = both / max(said, 1), both / max(due, 1)
            print(
                f"  {word:15} precision {precision:.3f} ({both}/{said})  recall {recall:.3f} ({both}/{due})"
            )
        for wanted, got, text in rows:
            if wanted != got:
                print(f"  {wanted:6} → {got:6} {text[:90]!r}")


if __name__ == "__main__":
    report()
