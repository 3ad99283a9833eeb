// Finds a Chromium for the browser tests, and gets one where there is none. Order: FORESITE_BROWSER, what the system has, what
// Playwright has, the npm package @sparticuz/chromium (from the package registry alone), Playwright's own download, Debian's package.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { npm, ROOT } from '../../src/cli/ensure.mjs'

const SPARTICUZ = '@sparticuz/chromium@147.0.0'

/** {path, env}: the executable and the environment it wants, or null with what was tried on stderr. */
export function findBrowser() {
  const tried = []
  const ways =
    process.env.FORESITE_BROWSER_FROM === 'npm' ? [fromNpm] : [fromEnvironment, fromSystem, fromPlaywright, fromNpm, fromPlaywrightDownload, fromDebian]
  for (const way of ways) {
    const found = way(tried)
    if (found) return found
  }
  process.stderr.write(
    `No browser for the browser tests. Tried:\n${tried.map((line) => `  ${line}`).join('\n')}\nSet FORESITE_BROWSER to a Chromium or Chrome.\n`,
  )
  return null
}

function works(path, env = {}) {
  if (!existsSync(path)) return false
  const done = spawnSync(path, ['--version'], { env: { ...process.env, ...env }, timeout: 30_000, encoding: 'utf8' })
  return done.status === 0 && /Chrom/.test(done.stdout)
}

function fromEnvironment(tried) {
  const path = process.env.FORESITE_BROWSER
  if (!path) return null
  tried.push(`FORESITE_BROWSER=${path}`)
  return works(path) ? { path, env: {} } : null
}

function fromSystem(tried) {
  const paths = {
    linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/usr/bin/microsoft-edge'],
    darwin: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    win32: [
      'C:/Program Files/Google/Chrome/Application/chrome.exe',
      'C:/Program Files (x86)/Google/Chrome/Application/chrome.exe',
      'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
    ],
  }[process.platform]
  tried.push(`system: ${paths?.join(', ')}`)
  // Windows browsers print no version to a pipe: that they exist must do.
  const path = paths?.find((candidate) => (process.platform === 'win32' ? existsSync(candidate) : works(candidate)))
  return path ? { path, env: {} } : null
}

function fromPlaywright(tried) {
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    {
      linux: join(homedir(), '.cache/ms-playwright'),
      darwin: join(homedir(), 'Library/Caches/ms-playwright'),
      win32: join(process.env.LOCALAPPDATA ?? homedir(), 'ms-playwright'),
    }[process.platform]
  tried.push(`Playwright's browsers: ${cache}`)
  if (!cache || !existsSync(cache)) return null
  const names = [
    'chrome-linux/headless_shell',
    'chrome-headless-shell-linux64/chrome-headless-shell',
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-win/chrome.exe',
    'chrome-win64/chrome.exe',
  ]
  for (const folder of readdirSync(cache)
    .filter((name) => name.startsWith('chromium'))
    .sort()
    .reverse())
    for (const name of names) if (works(join(cache, folder, name))) return { path: join(cache, folder, name), env: {} }
  return null
}

function fromNpm(tried) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  tried.push(`npm package ${SPARTICUZ}`)
  const folder = join(ROOT, '.cache', 'browser')
  const path = join(folder, 'chromium')
  const env = { LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') }
  if (works(path, env)) return { path, env }
  process.stderr.write('Fetching a browser for the tests from the package registry …\n')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  if (npm(['install', SPARTICUZ, '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder) !== 0) return null
  const bin = join(folder, 'node_modules/@sparticuz/chromium/bin')
  for (const name of readdirSync(bin).filter((file) => file.endsWith('.br'))) {
    const bytes = brotliDecompressSync(readFileSync(join(bin, name)))
    if (!name.endsWith('.tar.br')) writeFileSync(join(folder, name.slice(0, -3)), bytes)
    else spawnSync('tar', ['-x', '-C', folder], { input: bytes, stdio: ['pipe', 2, 2] })
  }
  if (existsSync(path)) chmodSync(path, 0o755)
  for (const lib of ['al2023/lib', 'al2/lib']) if (existsSync(join(folder, lib))) env.LD_LIBRARY_PATH = join(folder, lib)
  return works(path, env) ? { path, env } : null
}

function fromPlaywrightDownload(tried) {
  tried.push('playwright install chromium-headless-shell')
  const cli = join(ROOT, 'node_modules/playwright-core/cli.js')
  const done = spawnSync(process.execPath, [cli, 'install', 'chromium-headless-shell'], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '4000' },
    timeout: 300_000,
  })
  return done.status === 0 ? fromPlaywright([]) : null
}

function fromDebian(tried) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return null
  tried.push('apt-get install chromium')
  spawnSync('apt-get', ['update'], { stdio: ['ignore', 2, 2] })
  const done = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return done.status === 0 ? fromSystem([]) : null
}
