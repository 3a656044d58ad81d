/** What each actor runs, and its next step. */
export function ThreadsView() {
  return <p>ThreadsView</p>;
}
