"""Seconds of the processor: what else the machine does makes little difference to them."""

import resource


def cpu() -> float:
    """Seconds so far, of this process in all its threads and of its ended children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
