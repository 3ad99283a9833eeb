/**
 * Networks alone against their twins: the same file run by EPA SWMM 5.2.4, and where there is one the independent solution beside it.
 * Limits, from the README of that folder: depths within max(3 × SWMM's change at a fifth of its step, 3 × its deviation from the independent
 * solution, 5 mm, 1 % of the range), 25 mm while a flap gate is shut, none while a manhole ponds (there the pond's volume lies between SWMM
 * and the quasi-steady pipe, ± 3 %); two rows on either side of a pump's switching and one of a pond's end are edges. Pumps start and stop
 * within one row. Volume error 1e-9 of the water handled.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { type DrainRow, readNetwork, simulateNetwork } from '@/core/flood'

const TWINS = resolve(import.meta.dirname, '../../../shared/data/flood/swmm')
const names = existsSync(TWINS) ? readdirSync(TWINS).flatMap((file) => (file.endsWith('.inp') ? [file.slice(0, -4)] : [])) : []

interface Twin {
  readonly name: string
  readonly dt5_sensitivity: Readonly<Record<string, number>>
  readonly dev_max_rms: Readonly<Record<string, readonly number[]>>
}

describe.skipIf(names.length === 0)('SWMM twins (absent here: shared/data/flood/swmm)', () => {
  it.each(names)('%s', async (name) => {
    const twin = (JSON.parse(readFileSync(resolve(TWINS, 'index.json'), 'utf8')) as Twin[]).find((entry) => entry.name === name) as Twin
    const [head, ...lines] = readFileSync(resolve(TWINS, `${name}.csv`), 'utf8')
      .trim()
      .split('\n')
    const columns = head.split(',')
    const reference = lines.map((line) => line.split(',').map(Number))
    const read = readNetwork(readFileSync(resolve(TWINS, `${name}.inp`), 'utf8'), `${name}.inp`)
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    const { nodes, links, reportEvery } = read.value
    const rows = new Map<number, DrainRow>()
    const result = await finish(simulateNetwork({ network: read.value }, new AbortController().signal), (event) => {
      if (event.kind === 'row') rows.set(event.time, event)
    })
    expect(Math.abs(result.balance.errorRelative)).toBeLessThan(1e-9)

    const edges: number[] = []
    for (const { id } of links.filter(({ kind }) => kind === 'pump')) {
      const flows = reference.map((row) => [row[0], row[columns.indexOf(`${id}_flow`)]] as const)
      const theirs = flows.flatMap(([time, flow], k) => (k > 0 && flow > 0 !== flows[k - 1][1] > 0 ? [time] : []))
      const ours = result.events.filter(({ subject, what }) => subject === id && what.startsWith('pump-')).map(({ time }) => time)
      expect(ours.length, `${id} switches`).toBe(theirs.length)
      ours.forEach((time, k) => void expect(Math.abs(theirs[k] - time), `${id} switch ${k}`).toBeLessThanOrEqual(reportEvery))
      edges.push(...theirs)
    }
    for (const column of columns) {
      const [, id, what] = /^(.+)_(depth|head)$/.exec(column) ?? []
      const n = nodes.findIndex((node) => node.id === id)
      if (n < 0 || (what !== 'depth' && what !== 'head')) continue
      const at = columns.indexOf(column)
      const values = reference.map((row) => row[at])
      const range = Math.max(...values) - Math.min(...values)
      const limit = Math.max(3 * (twin.dt5_sensitivity[column] ?? 0), 3 * (twin.dev_max_rms[column]?.[0] ?? 0), 0.005, 0.01 * range)
      const pond = columns.indexOf(`${id}_volume`)
      const ponds = (k: number) => pond >= 0 && [k - 1, k, k + 1].some((near) => (reference[near]?.[pond] ?? 0) > 0)
      const gate = nodes.some((node) => node.kind === 'outfall' && node.gated) && columns.indexOf('C1_flow') >= 0
      reference.forEach((row, k) => {
        if (ponds(k) || edges.some((edge) => Math.abs(edge - row[0]) <= 2 * reportEvery)) return
        const shut = gate && row[columns.indexOf('C1_flow')] === 0
        const difference = Math.abs((rows.get(row[0])?.[what][n] ?? Number.NaN) - row[at])
        expect(difference, `${column} at ${row[0]} s`).toBeLessThanOrEqual(shut ? Math.max(limit, 0.025) : limit)
      })
      if (pond >= 0) {
        const most = Math.max(...[...rows.values()].map(({ volume }) => volume[n]))
        const theirs = Math.max(...reference.map((row) => row[pond]))
        expect(most).toBeGreaterThan(0.97 * theirs)
        if (name === 'c7_manhole_pond') expect(most).toBeLessThan(1.03 * 78.44)
      }
    }
  })
})
