/** What must hold, and whether it does. */
export function PropertiesStrip() {
  return <p>PropertiesStrip</p>;
}
