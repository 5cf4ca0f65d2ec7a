import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** `CHROMIUM_PATH`, else where Debian has it. */
export const CHROMIUM_PATH = process.env['CHROMIUM_PATH'] || '/usr/bin/chromium';

/** What a page is looked at with. */
export const viewports = [
  ['desktop', { width: 1280, height: 800 }],
  ['phone', { width: 390, height: 844 }],
] as const;

const hasChromium = existsSync(CHROMIUM_PATH);
if (!hasChromium) {
  process.stderr.write(
    `No browser at ${CHROMIUM_PATH}: its tests are skipped. Set CHROMIUM_PATH to run them.\n`,
  );
}

/** Tests that need a real browser; skipped, and said so on stderr, where there is none. */
export const describeInBrowser = hasChromium ? describe : describe.skip;

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM_PATH,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
