import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Jobs } from '@/compute/jobs.ts'
import { LINK } from '@/compute/links.ts'
import { makeWorkers, type Thread, type WorkerSettings, type Workers } from '@/compute/pool.ts'
import { connect } from '@/compute/rpc.ts'

/** Threads of Node. The build puts `worker.js` beside the program. */
export function nodeWorkers(settings: WorkerSettings & { readonly entry?: URL } = {}): Workers {
  const { entry = new URL('./worker.js', import.meta.url) } = settings
  return makeWorkers(() => startNodeWorker(entry), { engines: Math.max(1, Math.min(6, availableParallelism())), ...settings })
}

function startNodeWorker(entry: URL): Thread<Jobs> {
  const worker = new Worker(entry)
  let dead = false
  const link = connect<Jobs>(
    {
      post: (message, transfer) => {
        if (!dead) worker.postMessage(message, [...transfer])
      },
      listen: (onMessage) => void worker.on('message', onMessage),
    },
    LINK,
  )
  const end = (why: string): void => {
    dead = true
    link.fail(why)
  }
  worker.on('error', (error) => end(error instanceof Error ? error.message : String(error)))
  worker.on('exit', (code) => end(`the worker ended with code ${code}`))
  // An idle engine must not keep the program alive; a call that is waited for does, through the timer of its watchdog or its reader.
  return {
    jobs: link.jobs,
    kill: () => {
      end('stopped')
      void worker.terminate()
    },
    get dead() {
      return dead
    },
  }
}
