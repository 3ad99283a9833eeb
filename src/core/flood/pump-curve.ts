import type { PumpCurve } from './types.ts'

const G = 9.81
/** Darcy friction factor of hoses and steel pipes (`domain.md` 2.4). */
const FRICTION = 0.02

/**
 * Flow [m³/s] of a pump that lifts from `level` [m]. `rated`: the rated flow. `head`: the operating point where
 * H(Q) = 4/3 Hd − 1/3 Hd (Q/Qd)² meets Δz + K Q², K = (f L/D + Σk) / (2 g A²): Q² = (4/3 Hd − Δz) / (Hd/(3 Qd²) + K); none where the
 * lift exceeds the shut-off head.
 */
export function pumpFlow(curve: PumpCurve, level: number): number {
  if (curve.kind === 'rated') return curve.flow
  const spare = (4 / 3) * curve.head - (curve.outlet - level)
  if (spare <= 0) return 0
  const area = (Math.PI / 4) * curve.hose.diameter * curve.hose.diameter
  const k = ((FRICTION * curve.hose.length) / curve.hose.diameter + curve.hose.losses) / (2 * G * area * area)
  return Math.sqrt(spare / (curve.head / (3 * curve.flow * curve.flow) + k))
}
