import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, foresite, open, test } from './site.ts'

const story = JSON.parse(readFileSync(new URL('../../scenarios/a-planned.json', import.meta.url), 'utf8'))
/** The planned layout on a coarse grid and only through the peak, so that a browser test can wait for it. */
const COARSE = JSON.stringify({ ...story, cell: '4 m', duration: '55 min' })

async function openFile(page: Page, name: string, text: string | Buffer): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByTestId('open-file').first().click()])
  await chooser.setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.isBuffer(text) ? text : Buffer.from(text) })
}
/** Where the mark of a pump is drawn, in the page: found by asking what a pointer would mean, as an eye finds it by its picture. */
async function markOf(page: Page, id: string): Promise<{ x: number; y: number }> {
  const at = await page.evaluate((wanted) => {
    const { pick } = (window as unknown as { foresite: { pick(x: number, y: number): { equipment: string | null } | null } }).foresite
    for (let y = 60; y < 600; y += 8) for (let x = 360; x < 960; x += 8) if (pick(x, y)?.equipment === wanted) return { x: x + 4, y: y + 4 }
    return null
  }, id)
  if (!at) throw new Error(`no mark of ${id} is drawn`)
  return at
}
/** From ×120 to ×600 or back, as the keys do it. */
async function speed(page: Page, key: 'Period' | 'Comma'): Promise<void> {
  for (let k = 0; k < 2; k++) await page.keyboard.press(`Shift+${key}`)
}
const run = (page: Page) => foresite(page, (f) => f.run)
async function finished(page: Page, notHash: string | null = null): Promise<string> {
  await expect
    .poll(async () => (await run(page)).resultHash !== null && (await run(page)).resultHash !== notHash, { timeout: 180_000, intervals: [500] })
    .toBe(true)
  return (await run(page)).resultHash as string
}

test('finds the clashes of the demonstration site, flies to the worst and steps through them in both languages', async ({ site, faults }) => {
  await open(site, 'lang=zh-CN')
  await site.getByTestId('find-clashes').first().click()
  await expect.poll(() => foresite(site, (f) => f.clash.state), { timeout: 120_000 }).toBe('ready')
  expect(await foresite(site, (f) => f.clash.counts)).toMatchObject({ hard: 9, clearance: 1, duplicate: 1 })
  await expect(site.getByTestId('clash-row').first()).toContainText('侵入')
  const first = await foresite(site, (f) => (f.clash as unknown as { focus: string }).focus)
  expect(first).not.toBeNull()
  await site.getByTestId('clash-next').click()
  expect(await foresite(site, (f) => (f.clash as unknown as { focus: string }).focus)).not.toBe(first)
  const findings = site.getByTestId('findings')
  await findings.locator('summary').click()
  await findings.getByRole('button', { name: /上坡/ }).click()
  await expect(site.getByTestId('inspector')).toContainText('DR1-s1')
  await site.getByTestId('clash-next').click()
  await site.getByTestId('language').click()
  await expect(site.getByTestId('clash-row').first()).toContainText('enters')
  expect(await foresite(site, (f) => f.language)).toBe('en')
  expect(faults).toEqual([])
})

test('rehearses the storm, a pump is moved while it runs, and the outcome changes', async ({ site, faults }) => {
  await open(site, 'lang=en')
  await openFile(site, 'coarse.json', COARSE)
  await site.getByTestId('run-storm').first().click()
  await expect.poll(async () => (await run(site)).time_s, { timeout: 60_000 }).toBeGreaterThan(0)
  await speed(site, 'Period')
  const planned = await finished(site)
  expect(Math.abs((await run(site)).error_rel ?? 1)).toBeLessThan(1e-9)
  await expect(site.getByTestId('balance')).toBeVisible()
  await expect(site.getByTestId('verdict')).toContainText('entered the pit')

  await speed(site, 'Comma')
  await site.getByTestId('run-storm').first().click()
  await expect.poll(async () => (await run(site)).state, { timeout: 60_000 }).toBe('running')
  const revision = await foresite(site, (f) => f.saved.revision)
  const mark = await markOf(site, 'P-02')
  await site.mouse.move(mark.x, mark.y)
  await site.mouse.down()
  for (const step of [0.3, 0.6, 1]) await site.mouse.move(mark.x - 90 * step, mark.y + 60 * step, { steps: 3 })
  await site.mouse.up()
  await expect.poll(() => foresite(site, (f) => f.saved.revision)).toBeGreaterThan(revision)
  await speed(site, 'Period')
  const moved = await finished(site, planned)
  expect(moved).not.toBe(planned)
  expect(await foresite(site, (f) => (f.run as unknown as { outcomes: unknown[] }).outcomes.length)).toBe(2)
  const edited = await foresite(site, (f) => f.saved.revision)
  await site.getByTestId('undo').click()
  await expect.poll(() => foresite(site, (f) => f.saved.revision)).toBeGreaterThan(edited)
  expect(faults).toEqual([])
})

test('places a pump in the scene, takes it away with a key, and undo hands it back', async ({ site, faults }) => {
  await open(site, 'lang=zh-CN')
  await site.getByText('预演', { exact: true }).first().click()
  await site.getByTestId('tool-pump').click()
  await site.mouse.click(640, 400)
  const inspector = site.getByTestId('inspector')
  await expect(inspector).toContainText('P-05')
  await site.keyboard.press('Delete')
  await expect(inspector).not.toContainText('P-05')
  await site.getByTestId('undo').click()
  await site.getByTestId('undo').click()
  await site.getByTestId('redo').click()
  await expect(site.getByTestId('undo')).toBeEnabled()
  expect(faults).toEqual([])
})

test('bad files are refused in words and nothing open is lost', async ({ site }) => {
  await open(site, 'lang=en')
  const models = await foresite(site, (f) => f.models.map((model) => model.id).join())
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['empty.ifc', '', /empty/i],
    ['notes.ifc', 'This is not a model at all.', /IFC/],
    ['unknown-key.json', JSON.stringify({ ...story, pump: [] }), /Unknown key/],
    ['wrong-unit.json', JSON.stringify({ ...story, cell: '1 kg' }), /cell/],
    ['nan.json', COARSE.replace('"peakRatio":0.4', '"peakRatio":NaN'), /JSON/],
    ['no-panel.json', JSON.stringify({ ...story, pumps: [{ ...story.pumps[0], panel: undefined }] }), /panel/],
  ]
  for (const [name, text, words] of cases) {
    await openFile(site, name, text)
    await expect(site.getByText(words).first(), name).toBeVisible()
    expect(await foresite(site, (f) => f.models.map((model) => model.id).join()), name).toBe(models)
    await site.keyboard.press('Escape')
  }
})

test('opens a file of the user beside what is there', async ({ site, faults }) => {
  await open(site, 'lang=en')
  const before = await foresite(site, (f) => f.models.length)
  await openFile(site, 'mine.ifc', readFileSync(new URL('../../models/06-DRN.ifc', import.meta.url)))
  await expect.poll(() => foresite(site, (f) => f.models.length), { timeout: 120_000 }).not.toBe(before)
  await expect.poll(() => foresite(site, (f) => f.models.some((model) => model.id === 'mine' && model.elements > 20)), { timeout: 120_000 }).toBe(true)
  expect(faults).toEqual([])
})
