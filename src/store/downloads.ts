/** Hands a text to the browser's downloads. */
export function saveText(name: string, text: string): void {
  saveBlob(name, new Blob([text], { type: 'application/json' }));
}

/** Hands anything to the browser's downloads. */
export function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Chromium has taken what it needs by the end of the click; others read a little later.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 10_000);
}
