import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, foresite, open, test } from './site.ts'

const story = JSON.parse(readFileSync(new URL('../../scenarios/a-planned.json', import.meta.url), 'utf8'))
/** Coarse and only into the peak: water comes over the gap at about 50 min. */
const COARSE = JSON.stringify({ ...story, cell: '4 m', duration: '52 min' })
interface Told {
  resultHash: string | null
  fork: { at_s: number; steps: number | null; resultHash: string | null; parentHash: string | null; firstDifference_s: number | null } | null
}
const run = (page: Page) => foresite(page, (f) => f.run as unknown as Told)
async function finished(page: Page): Promise<Told> {
  await expect.poll(async () => (await run(page)).resultHash, { timeout: 120_000, intervals: [300] }).not.toBeNull()
  return run(page)
}

test('from a run to a decision: fork, change, compare, variants, what got wet, report', async ({ site, faults }) => {
  await open(site, 'lang=en')
  const [chooser] = await Promise.all([site.waitForEvent('filechooser'), site.getByTestId('open-file').first().click()])
  await chooser.setFiles({ name: 'coarse.json', mimeType: 'application/json', buffer: Buffer.from(COARSE) })
  await site.locator('select.speed').selectOption('600')
  await site.getByTestId('run-storm').first().click()
  const planned = await finished(site)

  // Time forks in the middle, and nothing is changed: computed again from there, it comes to the same end.
  const slider = site.getByTestId('timeline').locator('input[type=range]')
  await slider.fill('2700')
  await site.getByTestId('fork').click()
  await site.getByTestId('play').click()
  const same = await finished(site)
  expect(same.resultHash).toBe(planned.resultHash)
  expect(same.fork).toMatchObject({ at_s: 2700, resultHash: planned.resultHash, parentHash: planned.resultHash, firstDifference_s: null })
  expect(same.fork?.steps).toBeGreaterThan(50)

  // Again, with boards in the gap: the lanes part after the fork.
  await slider.fill('2700')
  await site.getByTestId('fork').click()
  await site.getByRole('button', { name: 'Add Stop-logs' }).click()
  await site.getByTestId('play').click()
  const changed = await finished(site)
  expect(changed.resultHash).not.toBe(planned.resultHash)
  expect(changed.fork?.firstDifference_s).toBeGreaterThan(2700)
  await expect(site.getByTestId('lanes')).toContainText('stop-log')
  await expect(site.getByTestId('first-difference')).toContainText('first difference')
  await site.getByTestId('swipe').press('ArrowRight')
  await expect(site.getByTestId('swipe')).toHaveAttribute('aria-valuenow', '52')

  // The same as variants: each computed once, told in words and with lights.
  await site.keyboard.press('Escape')
  await site.getByRole('button', { name: 'Variants', exact: true }).click()
  await site.getByTestId('keep-variant').click()
  await site.getByTestId('undo').click()
  await site.getByTestId('keep-variant').click()
  await expect(site.getByTestId('variant')).toHaveCount(2)
  await site.getByTestId('run-cases').click()
  await expect
    .poll(() => foresite(site, (f) => (f as unknown as { decide: { running: boolean; records: number } }).decide), { timeout: 120_000 })
    .toMatchObject({
      running: false,
      records: 2,
    })
  await expect(site.getByTestId('run-cases')).toBeDisabled()
  await site.getByTestId('show-matrix').click()
  await expect(site.getByTestId('matrix')).toContainText('Water into the pit')
  await site.keyboard.press('Escape')

  const [report] = await Promise.all([site.waitForEvent('download'), site.getByTestId('report-html').first().click()])
  const html = readFileSync(await report.path(), 'utf8')
  expect(html).toContain('no stop-log SL-01')
  expect(html).toContain('What this model does not do')
  expect(html).toContain('<svg')
  const [word] = await Promise.all([site.waitForEvent('download'), site.getByTestId('report-docx').first().click()])
  expect(
    readFileSync(await word.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  await site.getByTestId('language').click()
  const [chinese] = await Promise.all([site.waitForEvent('download'), site.getByTestId('report-html').first().click()])
  expect(readFileSync(await chinese.path(), 'utf8')).toContain('不设挡水板 SL-01')
  expect(faults).toEqual([])
})
