import { test as base, expect, type Page } from '@playwright/test'

/** What `window.foresite` tells (interface: `interface.md`), as far as the tests read it. */
export interface Foresite {
  state: 'booting' | 'ready' | 'failed'
  language: string
  frames: number
  drawCalls: number
  triangles: number
  models: { id: string; elements: number }[]
  selection: string[]
  clash: { state: string; counts: Record<string, number> | null }
  run: { state: string; time_s: number; error_rel: number | null; resultHash: string | null }
  saved: { state: string; revision: number }
  problems: { key: string }[]
  pick(x: number, y: number): { globalId: string } | null
  screenOf(globalId: string): { x: number; y: number } | null
}

/** A page on which every request that leaves the site is aborted and every console error and CSP violation is kept. */
export const test = base.extend<{ site: Page; faults: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it needs from the pattern
  faults: async ({}, use) => {
    await use([])
  },
  site: async ({ page, faults }, use) => {
    const home = new URL(address()).origin
    await page.route('**/*', (route) => {
      const url = route.request().url()
      if (url.startsWith(home) || url.startsWith('data:') || url.startsWith('blob:')) return route.continue()
      faults.push(`foreign request: ${url}`)
      return route.abort()
    })
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`console: ${message.text()}`)
    })
    page.on('pageerror', (error) => faults.push(`uncaught: ${error.stack ?? error.message}`))
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`))
    })
    await use(page)
  },
})
export { expect }

export function address(): string {
  const url = process.env.FORESITE_URL
  if (!url) throw new Error('FORESITE_URL is not set: run through npm test')
  return url
}

/** Opens the demonstration site and waits until it can be used. */
export async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`${address()}?quality=low&motion=off&${query}`)
  await page.waitForFunction(() => (window as unknown as { foresite?: Foresite }).foresite?.state === 'ready', null, { timeout: 120_000 })
}

export function foresite<T>(page: Page, read: (site: Foresite) => T): Promise<T> {
  return page.evaluate(`(${read.toString()})(window.foresite)`) as Promise<T>
}
