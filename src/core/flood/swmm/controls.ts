import type { DrainAction, DrainLink, DrainPremise, DrainRule } from '../network/types.ts'
import type { InpLine } from './lines.ts'
import { asDate, asNumber, asTime, listed, type Reading } from './reading.ts'

const RELATIONS = ['=', '<>', '<', '<=', '>', '>='] as const
const DAY = 86400

export interface ControlTables {
  readonly order: ReadonlyMap<string, number>
  readonly links: readonly DrainLink[]
  readonly startDay: number
  /** Factor of the file's flows to m³/s. */
  readonly flow: number
}

interface Rule extends DrainRule {
  readonly premises: DrainPremise[][]
  readonly actions: DrainAction[]
  readonly otherwise: DrainAction[]
  priority: number
}

/** RULE id / IF … / AND … / OR … / THEN … / ELSE … / PRIORITY n. OR parts alternatives; AND binds within one. */
export function readControls(reading: Reading, tables: ControlTables): DrainRule[] {
  const { order, links, startDay, flow } = tables
  const rules: Rule[] = []
  const place = new Map(links.map((link, l) => [link.id, l]))
  let part: 'if' | 'then' | 'else' = 'if'
  for (const line of reading.lines('CONTROLS')) {
    const word = line.words[0].toUpperCase()
    const rule = rules.at(-1)
    if (word === 'RULE') {
      rules.push({ id: line.words[1] ?? '', premises: [], actions: [], otherwise: [], priority: 0 })
      part = 'if'
    } else if (!rule) wrong(line, 'RULE')
    else if (word === 'PRIORITY') rule.priority = reading.number(line, 1, 'PRIORITY')
    else if (word === 'THEN' || word === 'ELSE') {
      part = word === 'THEN' ? 'then' : 'else'
      takeAction(line, rule)
    } else if (part !== 'if' && word === 'AND') takeAction(line, rule)
    else if (part === 'if' && (word === 'IF' || word === 'AND' || word === 'OR')) {
      const found = premiseOf(line)
      const last = rule.premises.at(-1)
      if (found && word === 'AND' && last) last.push(found)
      else if (found) rule.premises.push([found])
    } else wrong(line, 'RULE, IF, AND, OR, THEN, ELSE, PRIORITY')
  }
  return rules

  function wrong(line: InpLine, expected: string): null {
    reading.fail(line.line, 'inp.rule', { got: line.words.join(' ').slice(0, 60), expected })
    return null
  }
  function missing(line: InpLine, what: 'node' | 'link', id: string): null {
    reading.fail(line.line, 'inp.unknown', { what, id, known: listed((what === 'node' ? order : place).keys()) })
    return null
  }

  function takeAction(line: InpLine, rule: Rule): void {
    const action = actionOf(line)
    if (action) (part === 'then' ? rule.actions : rule.otherwise).push(action)
  }

  function actionOf(line: InpLine): DrainAction | null {
    const [, kind = '', id = '', what = '', equals = '', value = ''] = line.words
    const link = place.get(id)
    if (link === undefined) return missing(line, 'link', id)
    if (links[link].kind !== kind.toLowerCase()) return wrong(line, links[link].kind.toUpperCase())
    const setting = what.toUpperCase() === 'SETTING' ? asNumber(value) : what.toUpperCase() === 'STATUS' ? statusOf(value) : null
    if (equals !== '=' || setting === null || setting < 0) return wrong(line, 'STATUS = ON|OFF|OPEN|CLOSED, SETTING = 0 …')
    return { link, setting }
  }

  function premiseOf(line: InpLine): DrainPremise | null {
    const [, first = '', id = '', third = ''] = line.words
    const kind = first.toUpperCase()
    if (kind === 'SIMULATION') {
      const what = id.toUpperCase()
      if (what === 'TIME') return compared(line, 3, asTime, { kind: 'time', what: 'elapsed' })
      if (what === 'CLOCKTIME') return compared(line, 3, asTime, { kind: 'time', what: 'clock' })
      if (what === 'DATE') return compared(line, 3, sinceStart, { kind: 'time', what: 'elapsed' })
      return wrong(line, 'SIMULATION TIME, SIMULATION CLOCKTIME, SIMULATION DATE')
    }
    const what = third.toUpperCase()
    if (kind === 'NODE') {
      const node = order.get(id)
      if (node === undefined) return missing(line, 'node', id)
      if (what !== 'DEPTH' && what !== 'HEAD' && what !== 'VOLUME' && what !== 'INFLOW') return wrong(line, 'DEPTH, HEAD, VOLUME, INFLOW')
      return compared(line, 4, what === 'INFLOW' ? asFlow : asNumber, { kind: 'node', node, what: what.toLowerCase() as 'depth' })
    }
    if (!['LINK', 'CONDUIT', 'PUMP', 'ORIFICE', 'WEIR'].includes(kind)) return wrong(line, 'NODE, LINK, PUMP, CONDUIT, ORIFICE, WEIR, SIMULATION')
    const link = place.get(id)
    if (link === undefined) return missing(line, 'link', id)
    if (what === 'STATUS') {
      const on = statusOf(line.words[5] ?? '')
      if (line.words[4] !== '=' || on === null) return wrong(line, 'STATUS = ON|OFF|OPEN|CLOSED')
      return { of: { kind: 'link', link, what: 'setting' }, relation: on === 1 ? '>' : '=', value: 0 }
    }
    if (what !== 'FLOW' && what !== 'DEPTH' && what !== 'SETTING') return wrong(line, 'FLOW, DEPTH, SETTING, STATUS')
    return compared(line, 4, what === 'FLOW' ? asFlow : asNumber, { kind: 'link', link, what: what.toLowerCase() as 'flow' })
  }

  function compared(line: InpLine, at: number, read: (word: string) => number | null, of: DrainPremise['of']): DrainPremise | null {
    const relation = RELATIONS.find((known) => known === line.words[at])
    const value = read(line.words[at + 1] ?? '')
    if (!relation) return wrong(line, RELATIONS.join(' '))
    return value === null || line.words.length > at + 2 ? wrong(line, `${relation} 1.5`) : { of, relation, value }
  }
  function asFlow(word: string): number | null {
    const value = asNumber(word)
    return value === null ? null : value * flow
  }
  function sinceStart(word: string): number | null {
    const date = asDate(word)
    return date === null ? null : (date.day - startDay) * DAY
  }
}

function statusOf(word: string): 0 | 1 | null {
  return /^(ON|OPEN)$/i.test(word) ? 1 : /^(OFF|CLOSED)$/i.test(word) ? 0 : null
}
