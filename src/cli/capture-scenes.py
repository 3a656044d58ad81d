"""Gives a process the memory of one scene, says "ready", and waits to be killed. Used by capture.test.ts."""

import ctypes
import os
import signal
import sys

K, M, G, T = 1 << 10, 1 << 20, 1 << 30, 1 << 40
NONE, READ, READ_WRITE = 0, 1, 3
SHARED, PRIVATE, ANONYMOUS, NORESERVE, HUGETLB = 0x1, 0x2, 0x20, 0x4000, 0x40000
MADV_HUGEPAGE, MADV_PAGEOUT, MADV_GUARD_INSTALL = 14, 21, 102

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]


def check(result):
    if result in (-1, 2**64 - 1, None):
        print("cannot", os.strerror(ctypes.get_errno()), flush=True)
        sys.exit(0)
    return result


def reserve(size, prot=READ_WRITE, flags=PRIVATE):
    return check(libc.mmap(None, size, prot, flags | ANONYMOUS | NORESERVE, -1, 0))


def write(address, size=1):
    ctypes.memset(address, 1, size)


def read(address):
    return ctypes.c_ubyte.from_address(address).value


def aligned(size):
    return (reserve(size + 2 * M) + 2 * M - 1) // (2 * M) * (2 * M)


def huge(size=8 * M):
    start = aligned(size)
    check(libc.madvise(start, size, MADV_HUGEPAGE))
    return start


def written_huge():
    start = huge()
    write(start, 8 * M)
    return start


def huge_pages():
    written_huge()


def huge_page_split():
    check(libc.mprotect(written_huge() + 5 * 4096, 4096, READ))


def huge_page_split_and_joined():
    start = written_huge()
    check(libc.mprotect(start + 5 * 4096, 4096, READ))
    check(libc.mprotect(start + 5 * 4096, 4096, READ_WRITE))


def huge_zeros():
    start = huge()
    for i in range(4):
        read(start + i * 2 * M)


def huge_protnone():
    check(libc.mprotect(written_huge(), 8 * M, NONE))


def hugetlb():
    write(check(libc.mmap(None, 4 * M, READ_WRITE, PRIVATE | ANONYMOUS | HUGETLB, -1, 0)), 2 * M)


def sparse():
    start = reserve(T)
    for i in range(5):
        write(start + i * 200 * G + i * 4096)


def sparse_zeros():
    start = reserve(T)
    for i in range(3):
        read(start + i * 100 * G)


def protnone():
    start = reserve(4 * M)
    write(start, 4 * M)
    check(libc.mprotect(start, 4 * M, NONE))


def forked():
    start = reserve(64 * M)
    write(start, 8 * M)
    if os.fork() == 0:
        write(start + 4 * M, 2 * M)
        signal.pause()


def shared():
    start = reserve(16 * M, READ_WRITE, SHARED)
    write(start, 8 * M)


def holes():
    start = reserve(64 * M)
    write(start, 64 * M)
    for i in range(0, 32, 2):
        check(libc.munmap(start + i * 2 * M, 2 * M))


def guards():
    check(libc.madvise(reserve(64 * M), 4 * M, MADV_GUARD_INSTALL))


def swapped():
    start = reserve(16 * M)
    write(start, 16 * M)
    check(libc.madvise(start, 16 * M, MADV_PAGEOUT))


globals()[sys.argv[1]]()
print("ready", flush=True)
signal.pause()
