// `npm test`: installs what is missing, then runs every check. The last line sums all runners: N passed, N failed.
//   --fast      types, lint, unit tests                         (at most 60 s)
//   (none)      all that a change must pass: + validation, kernels, golden, build, browser
//   --long      fuzz, soak, repeats, full stories               (not in CI)
//   --validate  physics against analytic solutions only, written to .cache/validation/index.html         --bench  benchmarks
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensure, ROOT } from '../../src/cli/ensure.mjs'

const mode = ['fast', 'long', 'bench', 'validate'].find((name) => process.argv.includes(`--${name}`)) ?? 'all'
ensure()
const out = join(ROOT, '.cache', 'test')
mkdirSync(out, { recursive: true })
const total = { passed: 0, failed: 0 }
const began = Date.now()

if (mode === 'bench') {
  vitest('bench', ['--config', 'vite.config.ts'], { FORESITE_TESTS: 'bench' })
} else if (mode === 'validate') {
  const { clearJudgements, writeTrustPage } = await import('./trust-page.mjs')
  const folder = join(ROOT, '.cache', 'validation')
  clearJudgements(folder)
  const trust = writeTrustPage(ROOT, folder, vitest('validation', ['tests/validation'], {}))
  process.stderr.write(`${trust.passed} figures within their limits, ${trust.failed} not: ${join(folder, 'index.html')}\n`)
} else {
  if (mode !== 'long') {
    check('types', ['node_modules/typescript/bin/tsc', '-p', '.'])
    check('lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--max-diagnostics=40', '.'])
    check('lint with types', ['node_modules/oxlint/bin/oxlint', '--type-aware', '-c', '.oxlintrc.json', '--quiet', 'src', 'models', 'tests'])
  }
  vitest(mode === 'fast' ? 'unit tests' : mode === 'long' ? 'long tests' : 'unit, validation, kernels, golden', [], { FORESITE_TESTS: mode })
  if (mode !== 'fast') await browserTests()
}
process.stderr.write(`${((Date.now() - began) / 1000).toFixed(0)} s\n`)
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)

/** A command that passes or fails as one. */
function check(what, args) {
  const start = Date.now()
  const done = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
  count(what, done.status === 0 ? 1 : 0, done.status === 0 ? 0 : 1, start)
}

function vitest(what, args, env) {
  const start = Date.now()
  const file = join(out, 'vitest.json')
  rmSync(file, { force: true })
  const done = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`, ...args],
    { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } },
  )
  if (!existsSync(file)) {
    count(what, 0, 1, start)
    return []
  }
  const result = JSON.parse(readFileSync(file, 'utf8'))
  // A file that does not load has no failed test of its own: the exit status tells.
  const failed = result.numFailedTests + result.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0).length
  count(what, result.numPassedTests, done.status !== 0 && failed === 0 ? 1 : failed, start, result.numPendingTests)
  return result.testResults
}

async function browserTests() {
  const start = Date.now()
  const { buildIfStale } = await import('../../src/cli/build.mjs')
  try {
    await buildIfStale()
    count('build', 1, 0, start)
  } catch (error) {
    process.stderr.write(`${error?.stack ?? error}\n`)
    return count('build', 0, 1, start)
  }
  const { findBrowser } = await import('./browser.mjs')
  const browser = findBrowser()
  if (!browser) return count('browser', 0, 1, start)
  const file = join(out, 'playwright.json')
  rmSync(file, { force: true })
  const env = { ...process.env, ...browser.env, FORESITE_BROWSER: browser.path, FORESITE_TESTS: mode, PLAYWRIGHT_JSON_OUTPUT_NAME: file }
  const begun = Date.now()
  const done = spawnSync(
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'test', '--config', 'tests/browser/playwright.config.ts', '--reporter=list,json'],
    { cwd: ROOT, stdio: 'inherit', env },
  )
  if (!existsSync(file)) return count('browser', 0, 1, begun)
  const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(file, 'utf8')).stats
  count('browser', expected, done.status !== 0 && unexpected + flaky === 0 ? 1 : unexpected + flaky, begun, skipped)
}

function count(what, passed, failed, start, skipped = 0) {
  total.passed += passed
  total.failed += failed
  process.stderr.write(
    `${failed ? '✗' : '✓'} ${what}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''} (${((Date.now() - start) / 1000).toFixed(1)} s)\n`,
  )
}
