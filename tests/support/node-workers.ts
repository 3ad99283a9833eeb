import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { nodeWorkers } from '../../src/cli/node-workers.ts'
import type { WorkerSettings, Workers } from '../../src/compute/pool.ts'

const ROOT = resolve(import.meta.dirname, '../..')
let built: Promise<URL> | null = null

/** Real threads in a test: their entry is built once, as the terminal's is, because Node runs no TypeScript in a thread. */
export async function builtWorkers(settings: WorkerSettings): Promise<Workers> {
  built ??= build()
  return nodeWorkers({ ...settings, entry: await built })
}

async function build(): Promise<URL> {
  const dir = join(ROOT, '.cache', 'test-worker')
  mkdirSync(dir, { recursive: true })
  const bundle = await rolldown({
    input: { worker: join(ROOT, 'src/cli/worker.ts') },
    platform: 'node',
    external: [/^node:/, 'web-ifc'],
    resolve: { alias: { '@': join(ROOT, 'src') } },
  })
  await bundle.write({ dir, format: 'esm', entryFileNames: '[name].js' })
  await bundle.close()
  return pathToFileURL(join(dir, 'worker.js'))
}
