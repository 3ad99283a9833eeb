import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import { makeJobs } from '@/compute/jobs.ts'
import { serve } from '@/compute/rpc.ts'

const port = parentPort
if (port)
  serve(makeJobs({ hash: async (bytes) => createHash('sha256').update(bytes).digest('hex') }), {
    post: (message, transfer) => port.postMessage(message, [...transfer]),
    listen: (onMessage) => void port.on('message', onMessage),
  })
