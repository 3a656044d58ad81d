/** Waits until the next picture is about to be painted; gives the time of it in milliseconds. */
export function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Waits until the next picture is painted. */
export async function nextFramePainted(): Promise<void> {
  await nextFrame();
  // A task that is put off in a frame comes after its painting.
  await new Promise((resolve) => setTimeout(resolve));
}
