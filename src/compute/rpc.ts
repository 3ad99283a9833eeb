import type { Job } from '@/core/base/job'
import { Failure, type Problem } from '@/core/base/problem'

/**
 * Jobs across a thread. The contract of a worker is the type of a plain table of jobs; `connect` gives the same type on this side, so that
 * callers cannot tell. Events are pulled: `next(command)` asks for one and hands a command along. What a job yields it gives away: large
 * buffers move. Errors cross as data, never as the thrown thing, which may not be cloneable. When the worker dies, what is pending rejects.
 */
export type AnyJob = (input: never, signal: AbortSignal) => AsyncGenerator<unknown, unknown, never>
export type JobTable = Readonly<Record<string, AnyJob>>

/** One end of a channel between threads. */
export interface Port {
  post(message: unknown, transfer: readonly ArrayBuffer[]): void
  listen(onMessage: (message: unknown) => void): void
}
/** The other side has died or was stopped. */
export class WorkerGone extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'WorkerGone'
  }
}

type Request =
  | { readonly kind: 'call'; readonly call: number; readonly job: string; readonly input: unknown; readonly ahead: number }
  | { readonly kind: 'next'; readonly call: number; readonly command: unknown }
  | { readonly kind: 'abort' | 'return'; readonly call: number }
type Reply =
  | { readonly kind: 'event' | 'done'; readonly call: number; readonly value: unknown }
  | { readonly kind: 'fail'; readonly call: number; readonly problems: readonly Problem[] | null; readonly text: string; readonly stack: string }

export interface ConnectOptions {
  /** Events that the worker may run ahead of the reader, by job: for heartbeats that must not wait for an answer. 0 by default. */
  readonly ahead?: Readonly<Record<string, number>>
  /** Jobs whose input is given away too. */
  readonly giveInput?: readonly string[]
}
export interface Connection<J> {
  readonly jobs: J
  /** Rejects everything pending and refuses what comes after. */
  fail(why: string): void
}

export function connect<J>(port: Port, options: ConnectOptions = {}): Connection<J> {
  const open = new Map<number, (reply: Reply | WorkerGone) => void>()
  let calls = 0
  let gone: WorkerGone | null = null
  port.listen((message) => {
    const reply = message as Reply
    open.get(reply.call)?.(reply)
  })

  async function* run(job: string, input: unknown, signal: AbortSignal): AsyncGenerator<unknown, unknown, unknown> {
    signal.throwIfAborted()
    if (gone) throw gone
    const call = ++calls
    const inbox: (Reply | WorkerGone)[] = []
    let wake: () => void = () => {}
    let over = false
    open.set(call, (reply) => {
      inbox.push(reply)
      wake()
    })
    const abort = (): void => {
      port.post({ kind: 'abort', call } satisfies Request, [])
      wake()
    }
    signal.addEventListener('abort', abort)
    try {
      const give = options.giveInput?.includes(job) ? buffersIn(input) : []
      port.post({ kind: 'call', call, job, input, ahead: options.ahead?.[job] ?? 0 } satisfies Request, give)
      let command: unknown
      for (;;) {
        port.post({ kind: 'next', call, command } satisfies Request, [])
        while (inbox.length === 0 && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve))
        signal.throwIfAborted()
        const reply = inbox.shift()
        if (reply instanceof WorkerGone) {
          over = true
          throw reply
        }
        if (!reply || reply.kind === 'fail') {
          over = true
          throw reply ? errorOf(reply) : new Error('no reply')
        }
        if (reply.kind === 'done') {
          over = true
          return reply.value
        }
        command = yield reply.value
      }
    } finally {
      signal.removeEventListener('abort', abort)
      open.delete(call)
      if (!over && !gone) port.post({ kind: 'return', call } satisfies Request, [])
    }
  }

  const jobs = new Proxy({} as Record<string, unknown>, {
    get: (_, job) => (typeof job === 'string' && job !== 'then' ? (input: unknown, signal: AbortSignal) => run(job, input, signal) : undefined),
  })
  return {
    jobs: jobs as J,
    fail(why) {
      if (gone) return
      gone = new WorkerGone(why)
      for (const tell of [...open.values()]) tell(gone)
    },
  }
}

/** Longest stretch of work without listening for an abort [ms]. */
const BREATH = 40

/** Answers calls on the port with these jobs, for as long as the thread lives. */
export function serve(table: Readonly<Record<string, unknown>>, port: Port): void {
  interface Call {
    readonly abort: AbortController
    readonly commands: unknown[]
    credit: number
    returned: boolean
    wake: () => void
  }
  const calls = new Map<number, Call>()
  port.listen((message) => {
    const request = message as Request
    const call = calls.get(request.call)
    if (request.kind === 'call') {
      const made: Call = { abort: new AbortController(), commands: [], credit: request.ahead, returned: false, wake: () => {} }
      calls.set(request.call, made)
      void answer(request.call, made, table[request.job] as Job<unknown, unknown, unknown, unknown> | undefined, request.input, request.job)
    } else if (call && request.kind === 'next') {
      call.credit++
      if (request.command !== undefined) call.commands.push(request.command)
      call.wake()
    } else if (call && request.kind === 'abort') {
      call.abort.abort()
      call.wake()
    } else if (call && request.kind === 'return') {
      call.returned = true
      call.abort.abort()
      call.wake()
    }
  })

  async function answer(id: number, call: Call, job: Job<unknown, unknown, unknown, unknown> | undefined, input: unknown, name: string): Promise<void> {
    try {
      if (!job) throw new Error(`no job named ${name}`)
      const work = job(input, call.abort.signal)
      let breathed = performance.now()
      for (;;) {
        while (call.credit === 0 && !call.abort.signal.aborted) await new Promise<void>((resolve) => (call.wake = resolve))
        if (call.returned || call.abort.signal.aborted) {
          await work.return(undefined)
          return
        }
        call.credit--
        const step = await work.next(call.commands.shift())
        port.post({ kind: step.done ? 'done' : 'event', call: id, value: step.value } satisfies Reply, buffersIn(step.value))
        if (step.done) return
        if (performance.now() - breathed > BREATH) {
          await macrotask()
          breathed = performance.now()
        }
      }
    } catch (error) {
      if (!call.returned) port.post(replyOf(id, error), [])
    } finally {
      calls.delete(id)
    }
  }
}

function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(0)
  })
}

/** What is thrown may be anything: a C++ exception of the engine can neither be cloned nor read. */
function replyOf(call: number, error: unknown): Reply {
  if (error instanceof Failure) return { kind: 'fail', call, problems: error.problems, text: error.message, stack: '' }
  if (error instanceof Error) return { kind: 'fail', call, problems: null, text: `${error.name}: ${error.message}`, stack: error.stack ?? '' }
  const text = typeof error === 'object' && error !== null ? (error.constructor?.name ?? 'object') : String(error)
  return { kind: 'fail', call, problems: null, text, stack: '' }
}

function errorOf(reply: Extract<Reply, { kind: 'fail' }>): Error {
  if (reply.problems) return new Failure(...reply.problems)
  const error = new Error(reply.text)
  if (reply.stack) error.stack = `${reply.stack}\n    (in a worker)`
  return error
}

/** Buffers smaller than this are copied: moving costs more [bytes]. */
const WORTH_MOVING = 4096

/** The large buffers in a value, each once. Shared memory stays. */
function buffersIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  const seen = new Set<object>()
  const queue: unknown[] = [value]
  for (let item = queue.pop(); queue.length > 0 || item !== undefined; item = queue.pop()) {
    if (typeof item !== 'object' || item === null || seen.has(item)) continue
    if (ArrayBuffer.isView(item)) {
      const { buffer } = item
      if (buffer instanceof ArrayBuffer && buffer.byteLength >= WORTH_MOVING) found.add(buffer)
      continue
    }
    seen.add(item)
    for (const inner of Array.isArray(item) ? item : Object.values(item)) if (typeof inner === 'object' && inner !== null) queue.push(inner)
  }
  return [...found]
}
