import react from '@vitejs/plugin-react';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { coreHash } from './src/cli/core-hash.ts';
import { offlineWorker } from './src/cli/offline-plugin.ts';

/** The page may run and load only what it ships with; code made for a search runs as a blob worker. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
].join('; ');

/** Writes the policy into the built page, for hosts that send no headers. The dev server injects inline code: not there. */
function policyInPage(): Plugin {
  return {
    name: 'policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/**
 * A page never ships with an audit of another core. It is not searched here: `npm run audit` does that, and the tests.
 * While the core is being changed, LIMBO_STALE_AUDIT=1 builds all the same, and says so.
 */
function auditIsOfThisCore(): Plugin {
  return {
    name: 'audit-is-of-this-core',
    apply: 'build',
    buildStart() {
      const text = readFileSync(new URL('./src/reports/audit.json', import.meta.url), 'utf8');
      const kept = (JSON.parse(text) as { readonly hash: string }).hash;
      if (kept === coreHash()) return;
      const complaint = 'src/reports/audit.json is of another core. Search again: npm run audit';
      if (process.env['LIMBO_STALE_AUDIT'] === '1') this.warn(complaint);
      else this.error(complaint);
    },
  };
}

/** COOP and COEP make the page cross-origin isolated: SharedArrayBuffer and the fine-grained clock. */
const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  // Relative addresses: the built page works from any sub-path.
  base: './',
  plugins: [react(), policyInPage(), auditIsOfThisCore(), offlineWorker()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    manifest: true,
    // An inlined asset is a data: address, which the policy refuses for anything but pictures.
    assetsInlineLimit: 0,
  },
  server: { headers: isolationHeaders },
  preview: {
    port: 4173,
    headers: {
      ...isolationHeaders,
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    },
  },
  test: {
    environment: 'node',
    // A limit against hanging, not a measure of speed: machines are shared and slow.
    testTimeout: 120_000,
    include: ['src/**/*.test.{ts,tsx}'],
    coverage: { include: ['src/**/*.{ts,tsx}'], exclude: ['src/cli/**'] },
  },
});
