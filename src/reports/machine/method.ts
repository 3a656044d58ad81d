/** How the figures come about, in sentences. */
export const MACHINE_METHOD: readonly string[] = [
  'Every frame is one word of /proc/kpageflags and one of /proc/kpagecount. Its kind is decided by the first flag that says something, in this order: no page, free (buddy), page table, slab, reserved, hugetlbfs, offline, anonymous, file; any other flag is the kernel’s.',
  'Free blocks now are /proc/buddyinfo. “At best” is a bound: all that cannot move stays, the rest of each zone is cut into the largest aligned blocks, and all that moves is packed into the smallest of them. No compaction within a zone leaves more memory free in blocks of some order or larger.',
  'The two bounds differ in one thing: whether page tables move like pages.',
  'Largest non-movable use compares page tables with unreclaimable slab, kernel stacks, per-CPU memory, the rest of vmalloc, and other flagged kernel frames. What was set aside at boot is shown, but was never given out, and does not compete.',
];

/** What they cannot know. */
export const MACHINE_LIMITS: readonly string[] = [
  'The frames are read one after the other while the machine goes on: totals read before and after say how far they drifted.',
  'Kernel stacks, per-CPU memory and vmalloc have no flag. Their totals are from /proc/meminfo; the frames that hold them are among those without a flag.',
  'A frame without a flag may be in use or not: a kernel that initialises memory late has millions that are not. So each bound is a range: low takes all of them as in use, high takes none.',
  'A page that is pinned for I/O looks like any other, and is taken as movable; so is a transparent huge page, as if it could be split.',
  'Memory that the kernel moves in other ways (zsmalloc, balloons) is taken as pinned, and so are pages of hugetlbfs.',
  'A kernel older than 4.18 has no flag for page tables; there they are among the frames without a flag.',
];
