import { finish } from '@/core/base/job'
import { type DrainNetwork, type DrainResult, type DrainRow, readNetwork, simulateNetwork } from '@/core/flood'
import { sayProblem } from '@/messages/problems.ts'

export interface Simulated {
  readonly network: DrainNetwork
  readonly rows: readonly DrainRow[]
  readonly result: DrainResult
}

/** Reads a SWMM text and runs it to its end. */
export async function simulated(text: string): Promise<Simulated> {
  const read = readNetwork(text, 'test.inp')
  if (!read.ok) throw new Error(read.problems.map((found) => `${found.path} ${sayProblem(found, 'en')}`).join('\n'))
  const rows: DrainRow[] = []
  const result = await finish(simulateNetwork({ network: read.value }, new AbortController().signal), (event) => {
    if (event.kind === 'row') rows.push(event)
  })
  return { network: read.value, rows, result }
}

/** What no network may show: water lost or made, levels below the bed or far above everything, flows beyond all pipes. */
export function amiss({ network, rows, result }: Simulated): string[] {
  const found: string[] = []
  if (!(Math.abs(result.balance.errorRelative) < 1e-9)) found.push(`volume error ${result.balance.errorRelative}`)
  const highest = Math.max(...network.nodes.map((node) => (node.kind === 'outfall' ? node.invert + 8 : node.rim + 60)))
  for (const { time, depth, head, flow } of rows) {
    if (!depth.every((value) => value >= 0)) found.push(`depths at ${time} s: ${depth.join(' ')}`)
    if (!head.every((value) => value < highest)) found.push(`levels at ${time} s: ${head.join(' ')}`)
    if (!flow.every((value) => Math.abs(value) < 50)) found.push(`flows at ${time} s: ${flow.join(' ')}`)
  }
  return found.slice(0, 5)
}

/** Mulberry32. */
function random(seed: number): () => number {
  let a = (seed + 1) * 0x9e3779b9
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A tangle: a few stores and manholes in a line of pipes of every shape, up and down, with pumps, orifices and weirs across, and a tide below. */
export function randomNetwork(seed: number): string {
  const next = random(seed)
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)]
  const between = (low: number, high: number) => (low + next() * (high - low)).toFixed(3)
  const count = 3 + Math.floor(next() * 5)
  const nodes = Array.from({ length: count }, (_, k) => ({ id: `N${k}`, store: next() < 0.4, bed: 5 - k * 0.2 + next() * 0.6 }))
  const part = (name: string, lines: readonly string[]) => `[${name}]\n${lines.join('\n')}\n`
  const conduits: string[] = []
  const sections: string[] = []
  for (let k = 1; k < count; k++) {
    conduits.push(`C${k} N${k - 1} N${k} ${between(8, 120)} 0.013 ${between(0, 0.3)} ${between(0, 0.3)}`)
    sections.push(
      `C${k} ${pick([`CIRCULAR ${between(0.2, 1)}`, `RECT_CLOSED ${between(0.3, 1)} ${between(0.3, 2)}`, `TRAPEZOIDAL ${between(0.5, 2)} 0.4 1 2`, `FORCE_MAIN 0.3 110`])} 0 0 0 ${pick([1, 1, 2])}`,
    )
  }
  conduits.push(`CO N${count - 1} O1 ${between(10, 60)} 0.015 0 0`)
  sections.push(`CO CIRCULAR ${between(0.3, 0.9)} 0 0 0 1`, 'R1 RECT_CLOSED 0.4 0.5 0 0', 'W1 RECT_OPEN 1 1.5 0 0')
  const bed = nodes[count - 1].bed - 0.4
  return [
    `[OPTIONS]\nFLOW_UNITS CMS\nEND_TIME 2:00\nREPORT_STEP 0:05:00\nROUTING_STEP 1\nMIN_SURFAREA 1.2\nALLOW_PONDING ${pick(['YES', 'NO'])}\nSURCHARGE_METHOD ${pick(['SLOT', 'EXTRAN'])}\nINERTIAL_DAMPING ${pick(['NONE', 'PARTIAL', 'FULL'])}\n`,
    part(
      'JUNCTIONS',
      nodes.filter(({ store }) => !store).map(({ id, bed: z }) => `${id} ${z.toFixed(3)} ${between(1, 4)} ${between(0, 0.8)} 0 ${between(0, 60)}`),
    ),
    part(
      'STORAGE',
      nodes
        .filter(({ store }) => store)
        .map(({ id, bed: z }) => `${id} ${z.toFixed(3)} ${between(2, 6)} ${between(0, 1.9)} FUNCTIONAL ${between(0, 20)} ${between(0, 2)} ${between(2, 90)}`),
    ),
    part('OUTFALLS', [`O1 ${bed.toFixed(3)} ${pick(['FREE', 'NORMAL', 'TIMESERIES T', 'FIXED 5'])} ${pick(['YES', 'NO'])}`, 'O2 0 FREE NO']),
    part('CONDUITS', conduits),
    part('PUMPS', [`P1 N${Math.floor(next() * (count - 1))} N${count - 1} ${pick(['H', 'D', 'S'])} ${pick(['ON', 'OFF'])} ${pick(['0 0', '0.9 0.2'])}`]),
    part('ORIFICES', [`R1 N0 N${count - 1} ${pick(['SIDE', 'BOTTOM'])} ${between(0, 0.5)} 0.65 ${pick(['YES', 'NO'])} 0.1`]),
    part('WEIRS', [`W1 N1 O2 TRANSVERSE ${between(0.5, 3)} 1.84 NO ${pick([0, 2])} 0 ${pick(['YES', 'NO'])}`]),
    part('XSECTIONS', sections),
    part('CURVES', ['H PUMP3 0 0.12', 'H 4 0.05', 'H 6 0', 'D PUMP4 0 0', 'D 1 0.08', 'S PUMP2 0.5 0.02', 'S 9 0.1']),
    part('TIMESERIES', ['Q 0:00 0', `Q 0:30 ${between(0, 0.8)}`, 'Q 1:10 0.01', 'Q 2:00 0', 'T 0:00 3', `T 1:00 ${between(3, 7)}`, 'T 2:00 3']),
    part('INFLOWS', ['N0 FLOW Q FLOW 1 1 0.01', `N${Math.floor(count / 2)} FLOW Q FLOW 1 0.5 0`]),
    part('CONTROLS', ['RULE A', 'IF NODE N0 DEPTH > 1', 'THEN ORIFICE R1 SETTING = 0.4', 'ELSE ORIFICE R1 SETTING = 1']),
  ].join('')
}
