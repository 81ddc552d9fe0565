"""Jobs, accounts, keys and counts, whatever keeps them.

Each change is made whole or not at all. Any call may raise StoreError, StoreBusyError where it cannot be done just now
(see errors.py). `now` is in seconds since 1970 (UTC), and the caller's: no clock is looked at.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable, Collection, Mapping, Protocol, Sequence

from ..domain.accounts import SCOPES, Account, AccountDetails, AccountUse, Caller, Key, Owner
from ..domain.attempts import MAX_ATTEMPTS, Claim, Failure
from ..domain.jobs import Accepted, Event, File, Finished, Job, JobState, Seen, Submission
from ..domain.keeping import FORGET_SECONDS
from ..domain.totals import Series
from .blobs import Blobs, Go, always
from .identities import Identities
from .people import People


class Keys(Protocol):
    """API keys; of one itself only its hash is kept."""

    def create(
        self, now: float, tier: str = "", email: str = "", name: str = "", scopes: Sequence[str] = SCOPES
    ) -> str:
        """A new key, to be shown once; AccountError where it cannot be.

        An account that has this e-mail gets one more, and keeps its tier; without an e-mail it has one of its own.
        """

    def caller(self, key: str, now: float) -> Caller | None:
        """Whose key it is; None where it is none, revoked, or its account is disabled."""

    def is_live(self, key: int, now: float) -> bool:
        """Whether the key of this number is taken: what was signed for it ends with it."""

    def are_there(self) -> bool:
        """Whether there is any."""

    def listed(self) -> list[tuple[Key, Account]]:
        """All of them, the oldest first."""

    def find(self, word: str) -> int:
        """The number of a key that is named by its number, its beginning, or itself; AccountError where it is none."""

    def revoke(self, key: int, at: float) -> None:
        """Refuse it from then on; never later than it was to be refused already."""

    def rotate(self, key: int, now: float, overlap: float = 0.0) -> str:
        """A new key of the same account, name and scopes; the old one still works for `overlap` seconds.
        AccountError where it is revoked already."""


class Accounts(Protocol):
    """As an operator sees and changes them, beside a running server or without one."""

    def find(self, word: str) -> int:
        """The number of an account that is named by its number, its e-mail or one of its keys; AccountError if none."""

    def listed(self, now: float) -> list[AccountUse]:
        """All of them, the oldest first."""

    def page(self, now: float, limit: int, before: int | None = None, word: str = "") -> list[AccountUse]:
        """The newest first: those with a number below `before` whose address has `word` in it; no guests, nor who has
        gone."""

    def tiers(self) -> dict[str, int]:
        """How many accounts each tier has, and the empty one how many guests."""

    def set_operator(self, account: int, is_one: bool) -> None:
        """Whether the account sees the operator's pages."""

    def operators(self) -> list[str]:
        """The addresses of those that do."""

    def details(self, account: int, now: float) -> AccountDetails:
        """One that there is, with its last seven days."""

    def used_today(self, account: int, now: float) -> int:
        """How many requests of this day are used."""

    def set_tier(self, account: int, tier: str) -> str:
        """From the next call on; the tier that it had. AccountError where there is no such tier."""

    def disable(self, account: int, now: float) -> tuple[int, int]:
        """Refuse its keys at once, cancel what waits and stop what runs; how many of each."""

    def enable(self, account: int) -> None:
        """Let its keys work again."""


class Jobs(Protocol):
    """What their owners do with jobs."""

    def files_of_twin(self, spec_hash: str, now: float) -> dict[str, int]:
        """SHA-256 and bytes of each file that a job of this request would get of an identical one."""

    def submit(
        self, caller: Caller, wanted: Submission, max_queued: int, now: float, cached: Collection[str] = ()
    ) -> Accepted:
        """Charge the day's quota and add the job; `cached` are files (SHA-256) that it may be served with at once.

        Raises QuotaUsedUpError, QueueFullError, IdempotencyError; then nothing was charged.
        """

    def cancel(self, job: str, account: int, now: float, keep_seconds: float) -> JobState | None:
        """Cancel one that waits, ask one that runs to stop, delete the results of one that ended; its state then, None
        where the account has no such job."""


class JobViews(Protocol):
    """What is asked about jobs without changing them; none of it gets slower by how many there are."""

    def find(self, job: str, account: int | None = None) -> Job | None:
        """One job, of one account where that is given."""

    def listed(self, account: int | None, state: str | None, limit: int, before: Job | None = None) -> list[Job]:
        """The newest first: of one account or of all, in one state or in any, behind the job `before`."""

    def look(self, jobs: Sequence[Job]) -> list[Seen]:
        """What is told of jobs. One that was taken since it was read is first in the queue."""

    def files(self, job: Job) -> list[File]:
        """Its files, finished or not, in the order in which they were asked for."""

    def owner(self, job: Job) -> Owner:
        """Whose it is."""

    def events(self, job: str) -> list[Event]:
        """What happened to it, in order."""

    def tally(self) -> dict[str, int]:
        """How many jobs are in each state; of a state without any there may be nothing."""

    def oldest_waiting(self) -> float | None:
        """When the job that has waited longest was created."""

    def pace(self, now: float, last: int = 50) -> tuple[int, int, float]:
        """How many jobs wait, how many run, and how many seconds the last ones of this day took on the average; the
        house's own, which give way, are not counted."""

    def is_house_s(self, sha256: str) -> bool:
        """Whether a file was made by one of the house's own jobs, which is for everybody."""


class Queue(Protocol):
    """The queue as the supervisor sees it."""

    def claim(self, memory_left: int, cache: Blobs | None, now: float) -> Claim | None:
        """The next job; None where none is due or the next one needs more memory (MB) than is left: nobody goes before
        it, or a large job would wait for ever.

        With a `cache`, a twin of a running job waits for that one's files, and what can be served with files that are
        there is.
        """

    def is_wanted(self, now: float, twins: bool) -> bool:
        """Whether a job is due that is not one of the house's own (domain/house.py); with `twins` none of which an
        identical one runs."""


class Leases(Protocol):
    """Jobs that somebody works at. Each claim has a new token: whoever lost the lease changes nothing."""

    def beat(self, job: str, token: str, now: float, progress: float, step: str) -> tuple[bool, bool]:
        """Keep the lease and note the progress (percent), which never goes back; whether it is still ours, and to be
        cancelled."""

    def retry(self, claimed: Claim, why: Failure, now: float, most: int = MAX_ATTEMPTS) -> bool:
        """Back into the queue after a while, or the end after `most` attempts; False where the lease was lost."""

    def give_back(self, claimed: Claim, reason: str, now: float, wait: float = 0.0) -> bool:
        """Back into the queue after `wait` seconds: the attempt was cut short through no doing of the job's, and does
        not count. False where the lease was lost."""

    def wait_for_room(self, claimed: Claim, now: float) -> bool:
        """The same for a full disk, after a while that is longer each time."""

    def reap(self, now: float, held: Collection[str] = (), everything: bool = False) -> list[str]:
        """Take back the jobs whose lease has run out, or all that run; their ids.

        Not those whose tokens are `held`: somebody works at them, whatever the clock says, which may have been set. A
        lease that ends later than any can is one from before the clock was set back.
        """


class Outcomes(Protocol):
    """The ends of jobs, each written once; False where the lease was lost."""

    def finish(self, claimed: Claim, files: list[Finished], lost: dict[str, Failure], now: float) -> bool:
        """Complete it with its files and the formats that were lost; cancelled where it was to be."""

    def fail(self, claimed: Claim, why: Failure, now: float) -> bool:
        """End it for good; a fault of the server's gives the day's request back."""


class Totals(Protocol):
    """What is counted: it only grows, whatever of the server ends."""

    def add(self, amounts: Mapping[Series, float], process: int, values: Mapping[str, float], now: float) -> None:
        """To what was counted before, and what this process has just now; what others have not said for long goes."""

    def read(self) -> dict[Series, float]:
        """All that was counted."""

    def live(self, now: float) -> dict[str, float]:
        """What all processes have together."""


class Upkeep(Protocol):
    """What is over goes away a little at a time: nobody waits for it long."""

    def expire(self, now: float, forget_after: float = FORGET_SECONDS, go: Go = always) -> int:
        """End the keeping of results whose time is over, and forget jobs long ended, as long as `go`; how many
        expired."""

    def is_used(self, sha256: str, now: float) -> bool:
        """Whether a job still has this file."""

    def settle(self) -> None:
        """Before the end: leave as little to be read at the next start as there can be."""


class StoreConnection(Protocol):
    """All of it, for one thread at a time."""

    keys: Keys
    accounts: Accounts
    people: People
    identities: Identities
    jobs: Jobs
    views: JobViews
    queue: Queue
    leases: Leases
    outcomes: Outcomes
    totals: Totals
    upkeep: Upkeep

    def close(self) -> None:
        """Use it no more."""


class Database(Protocol):
    """Where connections come from."""

    def prepare(self, secret: Callable[[], bytes], examine: bool = False) -> None:
        """Make it where there is none, bring it up to date, and note of which secret its keys are.

        With `examine` all of it is read. StoreUnusableError where it cannot be used.
        """

    def has_keys(self) -> bool:
        """Whether there are any; False where it cannot be read, which it tells itself when it is prepared."""

    def connect(self, secret: bytes, durable: bool = True) -> StoreConnection:
        """Of one that is prepared.

        Not `durable`: what it commits may be lost where the machine loses power, never the order or the whole; for
        progress and heartbeats.
        """

    def size(self) -> int:
        """How many bytes it takes."""
