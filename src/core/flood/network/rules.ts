import type { DrainPremise, DrainRule } from './types.ts'

/** What a rule can look at. */
export interface RuleView {
  node(node: number, what: 'depth' | 'head' | 'volume' | 'inflow'): number
  link(link: number, what: 'flow' | 'depth' | 'setting'): number
  time(what: 'elapsed' | 'clock'): number
}
/** Times are equal within half a step's worth [s]. */
const SAME_TIME = 0.5

/** Fires the rules on what they see; where several set one link, the highest priority wins, then the first written. */
export function applyRules(rules: readonly DrainRule[], view: RuleView, set: (link: number, setting: number, cause: string) => void): void {
  const chosen = new Map<number, { setting: number; cause: string; priority: number }>()
  for (const { id, premises, actions, otherwise, priority } of rules) {
    const holds = premises.some((all) => all.every((premise) => isTrue(premise, view)))
    for (const { link, setting } of holds ? actions : otherwise) {
      const before = chosen.get(link)
      if (!before || priority > before.priority) chosen.set(link, { setting, cause: id, priority })
    }
  }
  for (const [link, { setting, cause }] of chosen) set(link, setting, cause)
}

function isTrue({ of, relation, value }: DrainPremise, view: RuleView): boolean {
  const seen = of.kind === 'node' ? view.node(of.node, of.what) : of.kind === 'link' ? view.link(of.link, of.what) : view.time(of.what)
  const same = of.kind === 'time' ? Math.abs(seen - value) <= SAME_TIME : seen === value
  switch (relation) {
    case '=':
      return same
    case '<>':
      return !same
    case '<':
      return seen < value
    case '<=':
      return seen <= value
    case '>':
      return seen > value
    case '>=':
      return seen >= value
  }
}
