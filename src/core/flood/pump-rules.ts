import type { FloodLog, FloodRule } from './types.ts'

export interface RuleState {
  /** Since when its level has been beyond the limit [s]. */
  readonly since: number
  readonly fired: boolean
}
/** What rules order of a pump now, and which rule. */
export interface Order {
  readonly action: 'start' | 'stop'
  readonly rule: string
}

/** Rules of a duty plan: while a level stays beyond its limit for long enough, a pump is started, or held still. The last written wins. */
export function makePumpRules(log: (entry: Omit<FloodLog, 'kind' | 'time'>) => void) {
  let states = new Map<string, RuleState>()
  return {
    judge(rules: readonly FloodRule[], levelOf: (watch: FloodRule['watch']) => number, time: number): ReadonlyMap<string, Order> {
      const orders = new Map<string, Order>()
      const next = new Map<string, RuleState>()
      for (const { id, watch, beyond, level, hold, action, pump } of rules) {
        const seen = levelOf(watch)
        if (beyond === 'above' ? seen <= level : seen >= level) continue
        const { since, fired } = states.get(id) ?? { since: time, fired: false }
        const holds = time - since >= hold - 1e-9
        if (holds && !fired) log({ what: 'rule-fires', subject: id, cause: pump, value: seen })
        if (holds) orders.set(pump, { action, rule: id })
        next.set(id, { since, fired: holds })
      }
      states = next
      return orders
    },
    checkpoint: () => [...states],
    restore(held: readonly (readonly [string, RuleState])[]): void {
      states = new Map(held)
    },
  }
}
