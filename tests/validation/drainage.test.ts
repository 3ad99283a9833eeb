/**
 * A drainage network against solutions of its own equations: duty point of a head–flow pump (dh/dt = (q − Q(z − h))/A), a tank that empties
 * through an orifice (√h falls linearly, Torricelli), a full tunnel between two shafts (rigid column, L/(gA) Q' = h₁ − h₂ − k|Q|Q, without
 * friction of period 2π √(L A₁A₂ / (gA (A₁ + A₂)))), uniform flow in a pipe (Manning), Hazen–Williams in a pressure main, and random networks
 * whose volume must add up whatever happens in them.
 * Limits: 1 mm, 1 mm, period 1 %, depth 1 mm, head 1 %, volume 1e-9 of what was handled.
 */
import { describe, expect, it } from 'vitest'
import { amiss, randomNetwork, simulated } from '../support/random-network.ts'

const OPTIONS = (hours: string, report: string, more = '') =>
  `[OPTIONS]\nFLOW_UNITS CMS\nEND_TIME ${hours}\nREPORT_STEP ${report}\nROUTING_STEP 1\nMIN_SURFAREA 1.2\n${more}\n`

describe('a drainage network', () => {
  it('settles a pump at its duty point', async () => {
    const curve = (lift: number) => (lift < 4 ? 0.09 - (lift * 0.03) / 4 : 0.06 - ((lift - 4) * 0.06) / 5)
    const { rows } = await simulated(
      `${OPTIONS('3:00', '0:01:00')}[STORAGE]\nS 1 8 3 FUNCTIONAL 0 0 80\n[OUTFALLS]\nO 0 FIXED 7\n[PUMPS]\nP S O C ON 0 0\n[CURVES]\nC PUMP3 0 0.09\nC 4 0.06\nC 9 0\n[INFLOWS]\nS FLOW "" FLOW 1 1 0.05\n`,
    )
    let h = 4
    let worst = 0
    for (let t = 1; t <= 10800; t++) {
      const slope = (level: number) => (0.05 - curve(7 - level)) / 80
      h += slope(h + slope(h) / 2)
      if (t % 60 === 0) worst = Math.max(worst, Math.abs(rows[t / 60 - 1].head[0] - h))
    }
    expect(rows).toHaveLength(180)
    expect(worst).toBeLessThan(1e-3)
  })

  it('empties a tank by Torricelli', async () => {
    const { rows } = await simulated(
      `${OPTIONS('1:00', '0:01:00')}[STORAGE]\nS 0 5 4 FUNCTIONAL 0 0 60\n[OUTFALLS]\nO -3 FREE\n[ORIFICES]\nR S O BOTTOM 0 0.62\n[XSECTIONS]\nR CIRCULAR 0.15 0 0 0\n`,
    )
    const rate = (0.62 * (Math.PI / 4) * 0.15 * 0.15 * Math.sqrt(2 * 9.81)) / (2 * 60)
    for (const { time, depth } of rows) if (depth[0] > 0.1) expect(Math.abs(depth[0] - (2 - rate * time) ** 2)).toBeLessThan(1e-3)
  })

  it('swings a full tunnel between two shafts with the period of its water', async () => {
    const { rows } = await simulated(
      `${OPTIONS('0:10', '0:00:01', 'SURCHARGE_METHOD SLOT')}[STORAGE]\nA 0 20 9 FUNCTIONAL 0 0 60\nB 0 20 7 FUNCTIONAL 0 0 40\n[CONDUITS]\nT A B 100 0.0001 0 0\n[XSECTIONS]\nT RECT_CLOSED 2 1.5 0 0\n`,
    )
    const flow = rows.map((row) => row.flow[0])
    const crossings = flow.flatMap((q, k) => (k > 0 && q > 0 !== flow[k - 1] > 0 ? [k + flow[k - 1] / (flow[k - 1] - q)] : []))
    const measured = (2 * (crossings[crossings.length - 1] - crossings[0])) / (crossings.length - 1)
    const exact = 2 * Math.PI * Math.sqrt((100 / (9.81 * 3)) * ((60 * 40) / 100))
    expect(Math.abs(measured / exact - 1)).toBeLessThan(0.01)
    const swing = (from: number, to: number) => Math.max(...flow.slice(from, to).map(Math.abs))
    expect(swing(500, 600) / swing(0, 100)).toBeGreaterThan(0.98)
  })

  it('runs a pipe at Manning’s depth', async () => {
    const { rows } = await simulated(
      `${OPTIONS('1:00', '0:10:00')}[JUNCTIONS]\nJ 5 3\nK 4.8 3\n[OUTFALLS]\nO 4.6 NORMAL\n[CONDUITS]\nC J K 100 0.013 0 0\nD K O 100 0.013 0 0\n[XSECTIONS]\nC RECT_OPEN 1 1.2\nD RECT_OPEN 1 1.2\n[INFLOWS]\nJ FLOW "" FLOW 1 1 0.6\n`,
    )
    let [low, high] = [0, 1]
    for (let k = 0; k < 60; k++) {
      const y = (low + high) / 2
      const flow = (1 / 0.013) * 1.2 * y * ((1.2 * y) / (1.2 + 2 * y)) ** (2 / 3) * Math.sqrt(0.002)
      if (flow < 0.6) low = y
      else high = y
    }
    const { depth, flow } = rows[rows.length - 1]
    for (const n of [0, 1, 2]) expect(Math.abs(depth[n] - low)).toBeLessThan(1e-3)
    expect(Math.abs(flow[1] - 0.6)).toBeLessThan(1e-4)
  })

  it('loses the head of Hazen and Williams in a pressure main', async () => {
    const { rows } = await simulated(
      `${OPTIONS('1:00', '0:10:00')}[JUNCTIONS]\nJ 2 60\n[OUTFALLS]\nO 0 FIXED 12\n[CONDUITS]\nC J O 500 0.012 0 0\n[XSECTIONS]\nC FORCE_MAIN 0.3 120\n[INFLOWS]\nJ FLOW "" FLOW 1 1 0.12\n`,
    )
    const slope = (0.12 / (0.849 * 120 * 0.075 ** 0.63 * (Math.PI / 4) * 0.09)) ** 1.852
    expect(Math.abs((rows[rows.length - 1].head[0] - 12) / (500 * slope) - 1)).toBeLessThan(0.01)
  })

  it.each([0, 1, 2, 3, 4, 5])('loses and makes no drop in random network %i', async (seed) => {
    const run = await simulated(randomNetwork(seed))
    expect(amiss(run)).toEqual([])
    if (seed === 0) expect((await simulated(randomNetwork(seed))).result.hash).toBe(run.result.hash)
  })
})
