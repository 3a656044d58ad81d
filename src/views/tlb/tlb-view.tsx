/** What each CPU has cached. */
export function TlbView() {
  return <p>TlbView</p>;
}
