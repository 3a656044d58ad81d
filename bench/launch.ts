import { type Browser, chromium } from 'playwright';
import { findChromium } from '../e2e/chromium.ts';

/** The browser of the tests, without a window and without a network. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--no-first-run'],
  });
}
