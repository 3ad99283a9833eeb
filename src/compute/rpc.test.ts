import { expect, it } from 'vitest'
import { finish, type Job } from '@/core/base/job'
import { Failure, problem } from '@/core/base/problem'
import { type ConnectOptions, connect, type Port, serve, WorkerGone } from './rpc.ts'

interface Table {
  count: Job<{ to: number }, number, string>
  follow: Job<number, number, number, number>
  give: Job<undefined, Float32Array, null>
  take: Job<{ bytes: Uint8Array }, never, number>
  fail: Job<'failure' | 'bug' | 'thing', never, never>
  forever: Job<undefined, number, never>
}
let closed = 0
let made = 0
const table: Table = {
  async *count({ to }, signal) {
    try {
      for (let k = 1; k <= to; k++) {
        signal.throwIfAborted()
        made = k
        yield k
      }
      return 'done'
    } finally {
      closed++
    }
  },
  async *follow(value) {
    let total = value
    for (let k = 0; k < 3; k++) total += (yield total) ?? 0
    return total
  },
  async *give() {
    yield new Float32Array(4096).fill(7)
    return null
  },
  // biome-ignore lint/correctness/useYield: a job of one answer
  async *take({ bytes }) {
    return bytes.length
  },
  async *fail(how) {
    if (how === 'failure') throw new Failure(problem('file.empty', { name: 'x' }, 'x'))
    if (how === 'bug') throw new TypeError('a bug')
    throw Object.assign(Object.create(null), { cannot: () => {} })
  },
  async *forever() {
    for (let k = 0; ; k++) yield k
  },
}

function pair(options?: ConnectOptions) {
  const { port1, port2 } = new MessageChannel()
  const end = (port: MessagePort): Port => ({
    post: (message, transfer) => port.postMessage(message, [...transfer]),
    listen: (onMessage) => {
      port.onmessage = (event) => onMessage(event.data)
      ;(port as unknown as { unref?: () => void }).unref?.()
    },
  })
  serve(table as unknown as Record<string, unknown>, end(port2))
  return connect<Table>(end(port1), options)
}
const calm = (): AbortSignal => new AbortController().signal

it('gives the same events and result as the job itself', async () => {
  const events: number[] = []
  expect(await finish(pair().jobs.count({ to: 4 }, calm()), (k) => events.push(k))).toBe('done')
  expect(events).toEqual([1, 2, 3, 4])
})

it('is pulled: the job does not run ahead of its reader, unless it may', async () => {
  const strict = pair().jobs.count({ to: 100 }, calm())
  await strict.next()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(made).toBe(1)
  await strict.return('done')
  const ahead = pair({ ahead: { count: 5 } }).jobs.count({ to: 100 }, calm())
  await ahead.next()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(made).toBe(6)
  await ahead.return('done')
})

it('passes commands to the job', async () => {
  const run = pair().jobs.follow(1, calm())
  const seen = [(await run.next()).value, (await run.next(10)).value, (await run.next(100)).value, (await run.next(1000)).value]
  expect(seen).toEqual([1, 11, 111, 1111])
})

it('moves large buffers out, and inputs where it is told to', async () => {
  const { value } = await pair().jobs.give(undefined, calm()).next()
  expect(value).toEqual(new Float32Array(4096).fill(7))
  const kept = new Uint8Array(8192)
  await finish(pair().jobs.take({ bytes: kept }, calm()))
  expect(kept.length).toBe(8192)
  await finish(pair({ giveInput: ['take'] }).jobs.take({ bytes: kept }, calm()))
  expect(kept.length).toBe(0)
})

it('brings problems over as problems, bugs as errors with their stack, and survives what cannot be cloned', async () => {
  const { jobs } = pair()
  await expect(finish(jobs.fail('failure', calm()))).rejects.toMatchObject({ name: 'Failure', problems: [{ key: 'file.empty', path: 'x' }] })
  const bug = await finish(jobs.fail('bug', calm())).catch((error: Error) => error)
  expect(bug).toMatchObject({ message: 'TypeError: a bug' })
  expect((bug as Error).stack).toContain('rpc.test')
  await expect(finish(jobs.fail('thing', calm()))).rejects.toBeInstanceOf(Error)
})

it('rejects at once with the reason when aborted, and closes the job', async () => {
  const before = closed
  const stop = new AbortController()
  const run = pair().jobs.count({ to: 1e9 }, stop.signal)
  await run.next()
  const waiting = run.next()
  await waiting
  stop.abort(new Error('enough'))
  await expect(run.next()).rejects.toThrow('enough')
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(closed).toBe(before + 1)
})

it('hears an abort while the job runs ahead without pause', async () => {
  const stop = new AbortController()
  const run = pair({ ahead: { forever: 1e9 } }).jobs.forever(undefined, stop.signal)
  await run.next()
  stop.abort(new Error('enough'))
  await expect(run.next()).rejects.toThrow('enough')
})

it('rejects what is pending and what comes later when the worker is gone', async () => {
  const link = pair()
  const run = link.jobs.follow(1, calm())
  await run.next()
  const pending = link.jobs.count({ to: 3 }, calm()).next()
  link.fail('it died')
  await expect(pending).rejects.toBeInstanceOf(WorkerGone)
  await expect(run.next()).rejects.toBeInstanceOf(WorkerGone)
  await expect(link.jobs.count({ to: 3 }, calm()).next()).rejects.toThrow('it died')
})
