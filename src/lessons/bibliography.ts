/** What lessons, challenges and the index rest on, each by the part of it that is meant. */
export const BIBLIOGRAPHY = {
  'sdm-4.2': 'Intel SDM, volume 3, 4.2 (hierarchical paging structures)',
  'sdm-4.4.1': 'Intel SDM, volume 3, 4.4.1 (PDPTE registers)',
  'sdm-4.5': 'Intel SDM, volume 3, 4.5 (4-level paging)',
  'sdm-4.7': 'Intel SDM, volume 3, 4.7 (page-fault exceptions)',
  'sdm-4.8': 'Intel SDM, volume 3, 4.8 (accessed and dirty flags)',
  'sdm-4.10.2': 'Intel SDM, volume 3, 4.10.2 (TLBs)',
  'sdm-4.10.3': 'Intel SDM, volume 3, 4.10.3 (paging-structure caches)',
  'sdm-4.10.4': 'Intel SDM, volume 3, 4.10.4 (invalidation of TLBs and paging-structure caches)',
  'sdm-4.10.5': 'Intel SDM, volume 3, 4.10.5 (propagation of changes to several processors)',
  'linux-memory': 'Linux 2.6.25, mm/memory.c (handle_pte_fault)',
  'linux-mremap': 'Linux 2.6.25, mm/mremap.c (move_ptes)',
  'linux-rmap': 'Linux 2.6.25, mm/rmap.c (page_referenced, try_to_unmap)',
  'linux-smp': 'Linux 2.6.25, arch/x86/kernel/smp_32.c (flush_tlb_others)',
  'linux-nopud': 'Linux 2.6.25, include/asm-generic/pgtable-nopud.h',
  'linux-vm-locking': 'Linux 2.6.25, Documentation/vm/locking',
  'linux-rcu': 'Linux 2.6.25, Documentation/RCU/whatisRCU.txt',
  'linux-khugepaged': 'Linux, mm/khugepaged.c (collapse_huge_page)',
  'commit-eb66ae030829':
    'Linux commit eb66ae030829 (2018), “mremap: properly flush TLB before releasing the page”; CVE-2018-18281',
  'commit-60bae7370896':
    'Linux commit 60bae7370896 (2022), “mm/migrate_device.c: flush TLB while holding PTL”',
  'commit-706a1ea65e6f': 'Linux merge 706a1ea65e6f (2018), “Merge branch ‘tlb-fixes’”',
  'biro-2007-10-25': 'Ross Biro, proof of concept, linux-mm, 25 October 2007',
  'hansen-2007-10': 'Dave Hansen, answer to Biro’s proof of concept, linux-mm, October 2007',
  'biro-2008-01-04': 'Ross Biro, “Make page tables relocatable”, linux-mm, 4 January 2008',
  'biro-2008-01-17': 'Ross Biro, “Make page tables relocatable”, linux-mm, 17 January 2008',
  'biro-2008-03-19': 'Ross Biro, “Make page tables relocatable”, linux-mm, 19 March 2008',
  'biro-2008-04-29': 'Ross Biro, “Make page tables relocatable”, linux-mm, 29 April 2008',
  'biro-2008-05-09': 'Ross Biro, “Make page tables relocatable”, linux-mm, 9 May 2008',
  mitosis:
    'Achermann and others, “Mitosis: Transparently Self-Replicating Page-Tables for Large-Memory Machines”, ASPLOS 2020',
} as const;

export type SourceId = keyof typeof BIBLIOGRAPHY;

export function isSource(id: string): id is SourceId {
  return Object.hasOwn(BIBLIOGRAPHY, id);
}
