import { address, expect, foresite, open, test } from './site.ts'

test('the demonstration opens with no foreign request, no error and no CSP violation', async ({ site, faults }) => {
  await open(site)
  expect(await foresite(site, (f) => f.models.length)).toBe(6)
  expect(await site.evaluate(() => crossOriginIsolated)).toBe(true)
  expect(faults).toEqual([])
})

test('a planted violation, a planted error and a planted foreign request are seen', async ({ site, faults }) => {
  await open(site)
  await site.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'window.planted = true'
    document.body.append(script)
    await fetch('https://example.org/planted').catch(() => {})
    const image = new Image()
    image.src = 'https://example.org/planted.png'
    setTimeout(() => {
      throw new Error('planted')
    })
    await new Promise((done) => setTimeout(done, 500))
  })
  expect(await site.evaluate(() => (window as unknown as { planted?: boolean }).planted)).toBeUndefined()
  expect(faults.some((line) => line.includes('CSP: script-src'))).toBe(true)
  expect(faults.some((line) => /CSP: (connect|img)-src/.test(line))).toBe(true)
  expect(faults.some((line) => line.includes('uncaught: Error: planted'))).toBe(true)
})

test('the page is served with the headers that its own headers file names', async ({ request }) => {
  const page = await request.get(address())
  const file = await (await request.get(`${address()}_headers`)).text()
  const named = [...file.matchAll(/^ {2}([\w-]+): (.+)$/gm)].map((match) => [match[1].toLowerCase(), match[2].trim()] as const)
  expect(named.length).toBeGreaterThanOrEqual(4)
  for (const [name, value] of named) expect(page.headers()[name], name).toBe(value)
})
