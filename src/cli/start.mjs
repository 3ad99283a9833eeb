// `npm start`: installs what is missing, builds what is stale, serves the page and opens it.
// One line on stdout when ready: Foresite http://127.0.0.1:<port>/
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensure, ROOT } from './ensure.mjs'

ensure()
const { buildIfStale } = await import('./build.mjs')
process.stderr.write('Building … 正在构建…\n')
await buildIfStale()
const { preview } = await import('vite')
const wanted = process.argv.indexOf('--port')
const port = wanted > 0 ? Number(process.argv[wanted + 1]) : 4173
const server = await preview({
  root: ROOT,
  configFile: join(ROOT, 'vite.config.ts'),
  logLevel: 'error',
  preview: { host: '127.0.0.1', port, strictPort: false },
})
const address = server.httpServer.address()
const url = `http://127.0.0.1:${address.port}/`
process.stdout.write(`Foresite ${url}\n`)
if (mayOpen()) openBrowser(url)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0))

function mayOpen() {
  if (process.argv.includes('--no-open') || process.env.CI) return false
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

function openBrowser(url) {
  const [command, args] = process.platform === 'darwin' ? ['open', [url]] : process.platform === 'win32' ? ['explorer', [url]] : ['xdg-open', [url]]
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}
