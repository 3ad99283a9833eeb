import { gzipSync } from 'node:zlib'
import { expect, foresite, open, test } from './site.ts'

const kB = (bytes: number) => Math.round(bytes / 1000)

test('the first load stays within its budget and does not fetch the IFC engine', async ({ site }) => {
  const sizes: { url: string; type: string; gzip: number }[] = []
  const waiting: Promise<void>[] = []
  site.on('response', (response) => {
    const keep = async () => {
      const bytes = await response.body().catch(() => null)
      if (bytes) sizes.push({ url: response.url(), type: response.headers()['content-type'] ?? '', gzip: gzipSync(bytes, { level: 9 }).length })
    }
    waiting.push(keep())
  })
  await open(site)
  await Promise.all(waiting)
  const code = sizes.filter((entry) => /javascript|css/.test(entry.type))
  const demo = sizes.filter((entry) => entry.url.includes('/demo/station'))
  console.log(
    `first load: ${kB(code.reduce((sum, entry) => sum + entry.gzip, 0))} kB of JS and CSS, ${kB(demo.reduce((sum, entry) => sum + entry.gzip, 0))} kB of demonstration site`,
  )
  for (const entry of code) console.log(`  ${kB(entry.gzip)} kB ${entry.url.split('/').pop()}`)
  expect(code.length).toBeGreaterThan(1)
  expect(code.reduce((sum, entry) => sum + entry.gzip, 0)).toBeLessThanOrEqual(700_000)
  expect(demo.length).toBe(1)
  expect(demo[0].gzip).toBeLessThanOrEqual(3_000_000)
  expect(sizes.filter((entry) => /web-ifc|\.wasm/.test(entry.url))).toEqual([])
})

test('marks tell when the page is painted and when it can be used; an idle scene draws no frames', async ({ site }) => {
  await site.addInitScript(() => {
    const tasks: { start: number; duration: number }[] = []
    Object.assign(window, { longTasks: tasks })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push({ start: entry.startTime, duration: entry.duration })
    }).observe({ type: 'longtask', buffered: true })
  })
  await open(site)
  await site.waitForTimeout(2500)
  const marks = await site.evaluate(() => ({
    painted: performance.getEntriesByName('foresite:painted')[0]?.startTime ?? null,
    interactive: performance.getEntriesByName('foresite:interactive')[0]?.startTime ?? null,
    tasks: (window as unknown as { longTasks: { start: number; duration: number }[] }).longTasks,
  }))
  const after = marks.tasks.filter((task) => task.start >= (marks.interactive ?? 0) && task.start < (marks.interactive ?? 0) + 1000)
  console.log(
    `painted ${marks.painted?.toFixed(0)} ms, interactive ${marks.interactive?.toFixed(0)} ms, longest task in the second after ${Math.max(0, ...after.map((task) => task.duration)).toFixed(0)} ms`,
  )
  expect(marks.painted).not.toBeNull()
  expect(marks.interactive).not.toBeNull()
  const before = await foresite(site, (f) => f.frames)
  await site.waitForTimeout(2000)
  expect(await foresite(site, (f) => f.frames)).toBe(before)
  expect(before).toBeGreaterThan(0)
})
