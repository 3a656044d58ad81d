/**
 * Every word that lessons, challenges and the index use, read through by a person: British spelling, and the kernel's own words.
 * A word that is new in a text is added here by hand, once it is spelt right.
 */
const LIST = `
a about above access accessed acknowledgement acknowledges act address addresses adds advance after again all
allocated allocates allocation alone already also an and another any anything april are as asked asks asleep at back
be been before behind believed below between bit bits both break breaks brings built but by cache cached caches
callback can cannot carries carry catch change changes cheaper clean clear cleared clears code collapses comes copied
copies copy cost costs could covers current d data deadlock dearer delimbo delimbos design destination different dirty
disk do does down dropped drops each earlier else empty end ends enough enters entries entry even every everywhere
fails faster fault faults fewer filled fills find finds first five flush flushed flushes folded folds follow for
forbids forget forgotten four fourth frame frames free freed freeing frees from gained get gets given go goes gone got
guards half halves handler hands hansen happen happened happens hardware has have held help here hold holds how huge
idle if in install instead interrupt interrupts into invalidate is it its itself january judged just keep keeps kernel
kinds know known knows lacks large last late later leads leaf leak learn leave leaves led lets level levels limbo
linux live load loaded loads lock locked locks longer look looks loop lose loses lost machine madvise make makes many
map march mark marked may memory merge merged merges middle might miss missed missing mitosis mode modify moment more
move moved moves mremap munmap must mutex names need needs neighbour never new newer next no nobody node none not
nothing now number october of off old on once one only or order orders other out outer over own p page pages paging
parent part parts physical pin place point pointer pointers points posting postings present press price process
processes program property proposed ptl put puts quiescent race races range reach reached reaches read reading reads
really reclaim register registers releases reloads relocation remember remembers replaced replicas request returns
right root round run runs same says second see seems sees send sends sent set sets share shift shoot should show side
sleep sleeps slot slow small so software somebody soon speculative spinlock spins stands start starts stayed stays
step steps still stop store structure swing swings switched swung table tables take taken takes taking tells than that
the their them then there they this those thread threads three through time times to together told too took top
translate translates translation translations tree trusts twice two under unlock unlocked unlocks until unused up
upper use used user uses versions view virtual w wait waits walk walks want wants was watch way well went were what
when where whether which while who whoever whole why will with without work would write writes written wrong wrote yes
yet you yours
`;

export const WORDS: readonly string[] = LIST.trim().split(/\s+/);

/**
 * The words of a text that a spelling can be wrong in, in small letters. Names of code (with digits, signs or capitals inside)
 * are left out; a word with a hyphen is two.
 */
export function wordsOf(text: string): readonly string[] {
  return text
    .split(/[\s“”"(),;:?!/…=+]+/)
    .map((word) => word.replace(/^[.‘’'–-]+|[.‘’'–-]+$/g, ''))
    .filter((word) => word !== '' && !/[\d_[\].&{}~]|.[A-Z]/.test(word))
    .flatMap((word) => word.toLowerCase().replace(/’s$/, '').split('-'));
}
