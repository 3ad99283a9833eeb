import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { buildTerminal } from '../../src/cli/build.mjs'

const ROOT = resolve(import.meta.dirname, '../..')
const DIR = join(ROOT, '.cache', 'terminal')
let built: Promise<void> | null = null

export interface Ended {
  /** Exit status; null where a signal ended it. */
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}
export interface Terminal {
  readonly cwd?: string
  /** Sends SIGINT once this stands on stderr. */
  readonly interruptAt?: string
}

/** The terminal as it is shipped, built once, in a process of its own. */
export async function foresite(args: readonly string[], { cwd = ROOT, interruptAt }: Terminal = {}): Promise<Ended> {
  built ??= buildTerminal(DIR)
  await built
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(DIR, 'foresite.js'), ...args], { cwd, env: { ...process.env, LANG: 'C', LC_ALL: '' } })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      if (interruptAt !== undefined && stderr.includes(interruptAt)) child.kill('SIGINT')
    })
    child.on('error', fail)
    child.on('close', (status) => done({ status, stdout, stderr }))
  })
}
