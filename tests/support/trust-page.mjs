// The trust page: what the validation tests measured, against which limits, as one self-contained page and one small JSON. `npm run validate` writes
// both into .cache/validation; a case over its limit, or a test that failed otherwise, shows red.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const OURS = ['trust.json', 'index.html']

/** Before the tests: what older runs measured is not of this version. */
export function clearJudgements(folder) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
}

/** After them. @param suites vitest's own results, for tests that failed without a figure */
export function writeTrustPage(root, folder, suites) {
  const judged = readdirSync(folder)
    .filter((name) => name.endsWith('.json') && !OURS.includes(name))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .map((line) => ({ ...line, pass: line.error <= line.limit }))
  const broken = suites.flatMap((suite) => suite.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName))
  const silent = suites.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0).map((suite) => suite.name.slice(root.length + 1))
  const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? ''
  const trust = {
    version,
    commit,
    date: new Date().toISOString(),
    passed: judged.filter(({ pass }) => pass).length,
    failed: judged.filter(({ pass }) => !pass).length,
    broken: [...broken, ...silent],
    judged,
  }
  writeFileSync(join(folder, 'trust.json'), `${JSON.stringify(trust, null, 1)}\n`)
  writeFileSync(join(folder, 'index.html'), page(trust))
  return trust
}

function page({ version, commit, date, passed, failed, broken, judged }) {
  const rows = judged
    .map(
      (line, k) =>
        `<tr class="${line.pass ? 'pass' : 'fail'}"><td>${line.case === judged[k - 1]?.case ? '' : `<b>${text(line.case)}</b><br><small>${text(line.source)}</small>`}</td><td>${text(line.measure)}</td><td>${text(line.at)}</td><td>${figure(line.error)}</td><td>${figure(line.limit)}</td><td><i style="width:${Math.min(100, line.limit > 0 ? (100 * line.error) / line.limit : line.error > 0 ? 100 : 0)}%"></i></td><td>${line.pass ? '通过 pass' : '未通过 FAIL'}</td></tr>`,
    )
    .join('\n')
  const red = broken.length > 0 ? `<p class="fail">未通过的测试 Tests that failed: ${broken.map(text).join('; ')}</p>` : ''
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>工地预演 · 水流求解器验证 Validation of the water solver</title>
<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b2733}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #dde3e8;padding:.3rem .6rem;text-align:left;vertical-align:top}td:nth-child(4),td:nth-child(5){font-variant-numeric:tabular-nums;text-align:right}td:nth-child(6){width:9rem}td:nth-child(3),td:last-child{white-space:nowrap}i{display:block;height:.6rem;margin-top:.45rem;background:#2f8f6b;border-radius:2px}.fail,.fail td{background:#fdecea;color:#9b1c1c}.fail i{background:#c62828}small{color:#5b6b79}</style>
<h1>水流求解器验证 Validation of the water solver</h1>
<p>版本 Version ${text(version)} · ${text(commit)} · ${text(date.slice(0, 16).replace('T', ' '))} UTC · <b>${passed} 通过 passed, ${failed} 未通过 failed</b></p>${red}
<p>误差与限值为相对值（注明单位者除外），限值见各案例的说明。Errors and limits are relative unless a unit is given.</p>
<table><tr><th>案例 Case</th><th>指标 Measure</th><th>网格 Grid</th><th>误差 Error</th><th>限值 Limit</th><th>误差/限值</th><th></th></tr>
${rows}</table></html>
`
}
const text = (words) => String(words).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const figure = (x) => (x === 0 ? '0' : x < 1e-3 ? x.toExponential(1) : x.toPrecision(3))
