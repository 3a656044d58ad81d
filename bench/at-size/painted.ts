import type { Page } from 'playwright';

export interface Painted {
  /** Milliseconds from asking the simulation to its answer. */
  readonly answerMs: number;
  /** Milliseconds from the press to its picture: the tree, the timeline, and all but the views that follow a leap. */
  readonly paintedMs: number;
  /** Milliseconds until those are painted as well. */
  readonly wholeMs: number;
}

/** Where the page is pressed: a point, a key, or an element. */
export interface Press {
  readonly point?: readonly [x: number, y: number];
  readonly key?: string;
  readonly selector?: string;
}

/** Marks when the simulation is asked and when it has answered; before the page is opened. */
export async function watchWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const times = { asked: 0, answered: 0 };
    Object.assign(globalThis, { limboTimes: times });
    globalThis.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener('message', ({ data }: MessageEvent<{ answer?: { kind: string } }>) => {
          if (data.answer?.kind !== 'progress') times.answered = performance.now();
        });
      }
      override postMessage(message: unknown, options?: StructuredSerializeOptions | Transferable[]): void {
        times.asked = performance.now();
        super.postMessage(message, Array.isArray(options) ? { transfer: options } : options);
      }
    };
  });
}

/** Presses, and waits until the moment that comes of it is painted. The press is made in the page: its driver takes its time, too. */
export function pressAndPaint(page: Page, press: Press): Promise<Painted> {
  return page.evaluate(async ({ point, key, selector }) => {
    const { limboTimes } = globalThis as unknown as { limboTimes: { asked: number; answered: number } };
    const slider = document.querySelector('[role="slider"][aria-label="Moment of the run"]');
    if (slider === null) throw new Error('no timeline');
    // What the press before set going is done by then: cards out of sight follow 120 ms after it.
    await new Promise((resolve) => setTimeout(resolve, 250));
    let moved = false;
    const observer = new MutationObserver(() => (moved = true));
    observer.observe(slider, { attributeFilter: ['aria-valuenow', 'aria-valuemax', 'aria-valuetext'] });
    const follows = (): boolean => document.querySelector('.settling[aria-busy="true"]') !== null;
    // A message sent as a frame begins is heard when it is painted. Frames are asked for ahead, so that it is heard before
    // whatever the page itself put off until then.
    const paintedWhen = (is: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve();
        const look = (): void => {
          if (is()) port2.postMessage(null);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
    const first = paintedWhen(() => moved);
    const whole = paintedWhen(() => moved && !follows());
    performance.mark('limbo-press');
    const from = performance.now();
    if (point !== undefined) {
      const [clientX, clientY] = point;
      const options = { clientX, clientY, bubbles: true, pointerId: 1, button: 0, buttons: 1 };
      slider.dispatchEvent(new PointerEvent('pointerdown', options));
      slider.dispatchEvent(new PointerEvent('pointerup', options));
    } else if (key !== undefined)
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    else document.querySelector<HTMLElement>(selector ?? '')?.click();
    await first;
    const paintedMs = performance.now() - from;
    performance.mark('limbo-painted');
    await whole;
    const wholeMs = performance.now() - from;
    observer.disconnect();
    return { answerMs: limboTimes.answered - limboTimes.asked, paintedMs, wholeMs };
  }, press);
}
