/** The page tables of each process, by level. */
export function TreeView() {
  return <p>TreeView</p>;
}
