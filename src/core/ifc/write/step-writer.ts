import { list, type Ref, real } from './step-value.ts'

/** Collects the instances of a file. Instances without identity of their own are written once, however often they are asked for. */
export interface StepWriter {
  /** A new instance. */
  add(entity: string, args: readonly string[]): Ref
  /** The instance with exactly these arguments: an old one or a new one. */
  share(entity: string, args: readonly string[]): Ref
  point(values: readonly number[]): Ref
  direction(values: readonly number[]): Ref
  lines(): readonly string[]
}

export function createStepWriter(): StepWriter {
  const lines: string[] = []
  const shared = new Map<string, Ref>()
  const add = (entity: string, args: readonly string[]): Ref => {
    lines.push(`${entity.toUpperCase()}(${args.join(',')})`)
    return `#${lines.length}`
  }
  const share = (entity: string, args: readonly string[]): Ref => {
    const key = `${entity}(${args.join(',')}`
    const known = shared.get(key)
    if (known) return known
    const ref = add(entity, args)
    shared.set(key, ref)
    return ref
  }
  return {
    add,
    share,
    point: (values) => share('IfcCartesianPoint', [list(values.map((v) => real(v)))]),
    direction: (values) => share('IfcDirection', [list(values.map((v) => real(v, 9)))]),
    lines: () => lines,
  }
}
