/// <reference lib="webworker" />
import wasmUrl from 'web-ifc/web-ifc.wasm?url'
import { makeJobs } from './jobs.ts'
import { serve } from './rpc.ts'

declare const self: DedicatedWorkerGlobalScope

const locate = (path: string, prefix: string): string => (path.endsWith('.wasm') ? new URL(wasmUrl, import.meta.url).href : prefix + path)

serve(makeJobs({ locate }), {
  post: (message, transfer) => self.postMessage(message, [...transfer]),
  listen: (onMessage) => {
    self.onmessage = (event) => onMessage(event.data)
  },
})
