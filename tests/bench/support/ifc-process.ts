import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import type { Measured } from './measure-ifc.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
/** Scratch files; never committed. */
export const WORK = join(ROOT, '.cache', 'bench')

export type How = 'web-ifc' | 'inline' | 'workers'
/** Opens a file in a process of its own. */
export type Measure = (how: How, path: string, segments?: number) => Measured

export async function buildMeasure(): Promise<Measure> {
  mkdirSync(WORK, { recursive: true })
  for (const [name, input] of [
    ['measure-ifc', 'tests/bench/support/measure-ifc.ts'],
    ['worker', 'src/cli/worker.ts'],
  ]) {
    const bundle = await rolldown({
      input: join(ROOT, input),
      platform: 'node',
      external: [/^node:/, 'web-ifc'],
      resolve: { alias: { '@': join(ROOT, 'src') } },
    })
    await bundle.write({ file: join(WORK, `${name}.js`), format: 'esm' })
    await bundle.close()
  }
  return (how, path, segments) => {
    const done = spawnSync(process.execPath, [join(WORK, 'measure-ifc.js'), how, path, ...(segments ? [String(segments)] : [])], { encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${how} ${path}: ${done.stderr}`)
    return JSON.parse(done.stdout) as Measured
  }
}
