import { fileURLToPath } from 'node:url';
import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './chromium.ts';

const executablePath = findChromium();
const onCi = process.env['CI'] !== undefined && process.env['CI'] !== '';

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: onCi,
  workers: onCi ? 1 : 2,
  reporter: [['list']],
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    // Set by the server below when it says where it listens.
    baseURL: process.env['LIMBO_ADDRESS'] ?? '',
    trace: 'retain-on-failure',
    // What is kept for visits without a network would answer before the routes of a test can.
    serviceWorkers: 'block',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--no-first-run'],
    },
  },
  webServer: {
    command: 'node --import tsx src/cli/start.ts',
    cwd: fileURLToPath(new URL('../', import.meta.url)),
    wait: { stdout: /Limbo is at (?<LIMBO_ADDRESS>\S+)/ },
    timeout: 120_000,
  },
});
