import type { Page } from '@playwright/test'
import { expect, foresite, open, test } from './site.ts'

/** Colours of a square of the window, sRGB bytes as `r,g,b`, with how often each stands there. */
async function colorsAt(page: Page, x: number, y: number, half = 3): Promise<[string, number][]> {
  const png = (await page.screenshot({ clip: { x: x - half, y: y - half, width: 2 * half + 1, height: 2 * half + 1 } })).toString('base64')
  return page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const pen = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!
    pen.drawImage(picture, 0, 0)
    const { data } = pen.getImageData(0, 0, picture.width, picture.height)
    const counts = new Map<string, number>()
    for (let k = 0; k < data.length; k += 4) {
      const key = `${data[k]},${data[k + 1]},${data[k + 2]}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    return [...counts].sort(([, a], [, b]) => b - a)
  }, png)
}

test('finds by property, warns at none, and colours in the very colours of the legend', async ({ site, faults }) => {
  await open(site, 'lang=zh-CN')
  await site.keyboard.press('Control+f')
  const query = site.getByTestId('query')
  await expect(query).toBeFocused()
  await query.fill('IfcPipeSegment 且 系统=WATERSUPPLY')
  await expect(site.getByTestId('find-count')).toContainText(/^[1-9]\d* 个构件/)
  await query.fill('IfcPipeSegmnt')
  await expect(site.locator('#find-outcome')).toContainText('IfcPipeSegment？')
  await query.fill('IfcChiller')
  await expect(site.getByTestId('find-count')).toContainText('没有构件符合')

  await query.fill('IfcPipeSegment and *.NominalDiameter >= 1000 mm')
  await expect(site.getByTestId('find-count')).toContainText(/^[1-9]\d* 个构件/)
  await site.getByTestId('find-select').click()
  const [first] = await foresite(site, (f) => f.selection)
  await site.keyboard.press('Escape')
  await site.getByTestId('find-isolate').click()
  await site.getByTestId('color-by').selectOption(':system')
  const swatch = site.getByTestId('legend').locator('.swatch').first()
  await expect(swatch).toBeVisible()
  const meant = (await swatch.evaluate((mark) => getComputedStyle(mark).backgroundColor)).match(/\d+/g)!.join(',')
  await expect
    .poll(async () => {
      const at = await site.evaluate(
        (id) => (window as never as { foresite: { screenOf(id: string): { x: number; y: number } | null } }).foresite.screenOf(id),
        first,
      )
      return at && (await colorsAt(site, at.x, at.y)).map(([color]) => color)
    })
    .toContain(meant)

  await site.getByTestId('find-save').click()
  await site.keyboard.press('Enter')
  await site.reload()
  await site.waitForFunction(() => (window as unknown as { foresite?: { state: string } }).foresite?.state === 'ready')
  await site.getByTestId('language').click()
  await site.keyboard.press('Alt+4')
  await site
    .getByTestId('find-sets')
    .getByRole('button', { name: /NominalDiameter/ })
    .first()
    .click()
  await expect(site.getByTestId('find-count')).toContainText(/^[1-9]\d* elements/)
  expect(faults).toEqual([])
})

test('measures a gap and a distance, cuts with a box, walks on the ground, and is still again', async ({ site, faults }) => {
  await open(site, 'lang=en')
  await site.keyboard.press('Alt+4')
  // The gas main beside the power duct bank of the demonstration site: 0.3375 m from skin to skin.
  await site.getByTestId('query').fill('id=2RNB81SUg0gAvzg6XDmvyT or id=2vP2UzMXA9iRYqZpbWHrlr')
  await expect(site.getByTestId('find-count')).toContainText('2 elements')
  await site.getByTestId('find-select').click()
  await site.getByTestId('gap').click()
  await expect(site.getByTestId('measures')).toContainText(/Least distance0\.33[78] m/)
  await site.locator('.scene canvas').focus()
  await site.keyboard.press('m')
  const [a, b] = await foresite(site, (f) => f.selection.map((id) => f.screenOf(id)))
  const corner = a ?? b ?? { x: 800, y: 400 }
  await site.mouse.click(corner.x, corner.y)
  await site.mouse.click(corner.x + 60, corner.y + 30)
  await expect(site.getByTestId('measures')).toContainText('ΔX')
  await expect(site.getByTestId('measures')).toContainText('Slope')
  await site.keyboard.press('Escape')

  await site.getByTestId('query').fill('tag=STRUT-1-k07')
  await site.getByTestId('find-select').click()
  await site.locator('.scene canvas').focus()
  const whole = await foresite(site, (f) => f.triangles)
  await site.keyboard.press('b')
  await expect(site.locator('[data-grip]')).toHaveCount(6)
  // The faces that fill the cut are drawn beside the models.
  await expect.poll(() => foresite(site, (f) => f.triangles)).toBeGreaterThan(whole)
  await site.keyboard.press('b')
  await expect(site.locator('[data-grip]')).toHaveCount(0)

  const eyes = () => site.evaluate(() => (window as never as { foresite: { camera: { position: number[] } } }).foresite.camera.position)
  await site.keyboard.press('c')
  await expect.poll(async () => (await eyes())[2]).toBeLessThan(5)
  const [x, y] = await eyes()
  await site.keyboard.down('w')
  await expect.poll(async () => Math.hypot((await eyes())[0] - x, (await eyes())[1] - y)).toBeGreaterThan(0.3)
  await site.keyboard.up('w')
  await site.waitForTimeout(500)
  const before = await foresite(site, (f) => f.frames)
  await site.waitForTimeout(700)
  expect(await foresite(site, (f) => f.frames)).toBe(before)
  await site.keyboard.press('Escape')
  expect(faults).toEqual([])
})
