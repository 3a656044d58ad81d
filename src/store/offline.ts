/**
 * Keeps the page for visits without a network. `<html data-offline="ready">` says when all of it is kept. A host that
 * cannot (no HTTPS, storage switched off) takes nothing away from the page but that.
 */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(new URL('sw.js', document.baseURI));
    await navigator.serviceWorker.ready;
    document.documentElement.setAttribute('data-offline', 'ready');
  } catch {
    document.documentElement.setAttribute('data-offline', 'none');
  }
}
