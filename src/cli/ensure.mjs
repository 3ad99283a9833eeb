// Makes sure that what the project needs is installed. Imports nothing but node's own modules: it runs before anything is there.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Installs the locked packages unless exactly these are there already. Words go to stderr, so that stdout stays for results. */
export function ensure() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) fail(`Foresite needs Node 20.19 or newer; this is ${process.versions.node}. 需要 Node 20.19 或更新版本。`)
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex')
  const stamp = join(ROOT, 'node_modules', '.lock-sha256')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  process.stderr.write('Installing packages (first run) … 正在安装依赖（仅首次）…\n')
  const done = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (done !== 0) fail('npm ci did not succeed: is the package registry reachable? 无法安装依赖：请检查网络或镜像设置。')
  writeFileSync(stamp, lock)
}

/** Runs npm without a shell, with its output on stderr; returns the exit status. */
export function npm(args, cwd = ROOT) {
  const cli = [
    process.env.npm_execpath,
    join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
    join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'),
  ].find((path) => path?.endsWith('.js') && existsSync(path))
  const [command, first] = cli ? [process.execPath, [cli]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []]
  return spawnSync(command, [...first, ...args], { cwd, stdio: ['ignore', 2, 2], shell: !cli && process.platform === 'win32' }).status ?? 1
}

function fail(words) {
  process.stderr.write(`${words}\n`)
  process.exit(1)
}
