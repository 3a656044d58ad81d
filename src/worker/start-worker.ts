/**
 * Starts a module of this program as a worker under the page's own policy. A worker that is started by its address brings
 * the policy of the response it came with, and a policy in the page's `<meta>` is none of its business; one started from a
 * blob inherits the page's, whatever the host sends. `address` is absolute and of the page's origin.
 */
export function startModuleWorker(address: string, name: string): Worker {
  const text = `import ${JSON.stringify(new URL(address, location.href).href)};`;
  const blob = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(blob, { type: 'module', name });
  const forget = (): void => URL.revokeObjectURL(blob);
  worker.addEventListener('message', forget, { once: true });
  worker.addEventListener('error', forget, { once: true });
  return worker;
}
