import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { address, expect, foresite, open, test } from './site.ts'

type Pose = { position: number[]; target: number[] }
const pose = (page: Page) => foresite(page, (f) => (f as unknown as { camera: Pose }).camera)
const direction = ({ position, target }: Pose) => {
  const to = target.map((at, axis) => at - position[axis])
  const long = Math.hypot(...to)
  return to.map((part) => part / long)
}
const far = (a: number[], b: number[]) => Math.hypot(...a.map((at, axis) => at - b[axis]))

test('a clash gets a status and a comment, goes out as BCF, and comes in with the same view in a fresh profile', async ({ site, faults, browser }) => {
  await open(site, 'lang=zh-CN')
  await site.getByTestId('find-clashes').first().click()
  await expect.poll(() => foresite(site, (f) => f.clash.state), { timeout: 120_000 }).toBe('ready')
  await site.getByTestId('clash-next').click()
  await site.getByTestId('status-active').click()
  await site.getByLabel('写评论').fill('请下移 41 mm')
  await site.getByTestId('add-comment').click()
  await expect(site.getByTestId('comment')).toContainText('请下移 41 mm')
  await expect.poll(() => foresite(site, (f) => f.saved.state)).toBe('saved')
  const seen = await pose(site)
  const pair = await site.locator('[data-testid="clash-row"][aria-current="true"] .pair').textContent()

  await site.getByTestId('undo').click()
  await expect(site.getByTestId('comment')).toHaveCount(0)
  await site.getByTestId('redo').click()
  await expect(site.getByTestId('comment')).toHaveCount(1)

  await site.getByTestId('export').click()
  const [download] = await Promise.all([site.waitForEvent('download'), site.getByTestId('export-bcf-2.1').click()])
  const archive = readFileSync(await download.path())

  // A reload finds what was said, as after a killed browser.
  await site.reload()
  await expect.poll(() => foresite(site, (f) => (f.clash as unknown as { issues: number }).issues), { timeout: 60_000 }).toBe(1)

  const fresh = await browser.newContext({ viewport: { width: 1280, height: 720 } })
  const page = await fresh.newPage()
  await page.goto(`${address()}?lang=en&quality=low&motion=off`)
  await expect.poll(() => foresite(page, (f) => f.state), { timeout: 60_000 }).toBe('ready')
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByTestId('open-file').first().click()])
  await chooser.setFiles({ name: 'review.bcf', mimeType: 'application/octet-stream', buffer: archive })
  await page.getByTestId('topic-row').first().click()
  await expect(page.getByTestId('comment')).toContainText('请下移 41 mm')
  await page.getByTestId('show-view').first().click()
  await expect.poll(async () => far((await pose(page)).position, seen.position)).toBeLessThan(0.01)
  expect(far(direction(await pose(page)), direction(seen))).toBeLessThan(1e-3)
  expect(await foresite(page, (f) => f.selection.length)).toBe(2)

  // The clash that is found there again is the one the topic is of.
  await page.getByTestId('find-clashes').first().click()
  await expect.poll(() => foresite(page, (f) => f.clash.state), { timeout: 120_000 }).toBe('ready')
  await expect(page.getByTestId('topic-row')).toHaveCount(0)
  await expect(
    page
      .getByTestId('clash-row')
      .filter({ hasText: pair ?? '' })
      .first(),
  ).toContainText('Active')
  await fresh.close()
  expect(faults).toEqual([])
})
