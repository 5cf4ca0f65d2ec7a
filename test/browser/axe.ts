import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core');

/** What axe finds wrong with a page, a line each. Its script gets in whatever the page's policy says. */
export async function axeViolations(page: Page, selector?: string): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults, string | undefined>(
    // Runs in the page, which axe was added to
    (scope) => (globalThis as unknown as { axe: AxeRun }).axe.run(scope),
    selector,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}

/** Has axe in every page that is opened from now on; an init script runs past the page's policy. */
export async function addAxe(page: Page): Promise<void> {
  await page.addInitScript({ path: AXE });
}

interface AxeRun {
  run(scope?: string): Promise<AxeResults>;
}
