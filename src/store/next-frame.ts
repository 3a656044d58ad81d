/** Waits until the next picture is about to be painted; gives the time of it in milliseconds. */
export function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
