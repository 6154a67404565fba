"""What the C library keeps of memory that is free. Without glibc nothing happens."""

import contextlib
import ctypes

M_ARENA_MAX, ARENAS = -8, 2  # how many heaps the threads of a process have


def give_back() -> None:
    """Return what the allocator holds free to the system."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def share_heaps() -> None:
    """Have the threads of this process, and of its children, share two heaps instead of filling one each."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)
