"""A thread of the system's own, whatever the machinery of sockets makes of threads."""

from collections.abc import Callable


def runner(async_mode: str) -> Callable[[Callable[[], object]], object]:
    """What runs a function in a real thread, the caller waiting and everybody else going on."""
    if async_mode == "eventlet":
        from eventlet import tpool

        return tpool.execute  # type: ignore[no-any-return]
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aside")
    return lambda job: pool.submit(job).result()
