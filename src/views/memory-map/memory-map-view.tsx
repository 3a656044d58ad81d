/** Every frame of every node. */
export function MemoryMapView() {
  return <p>MemoryMapView</p>;
}
