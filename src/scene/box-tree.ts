/** Axis-aligned boxes in a binary tree over typed arrays, for rays. Six numbers a box: min x y z, max x y z. */
export interface BoxTree {
  /** Visits the items whose box the ray meets before `far`, nearest box first; the visitor returns the new `far`. */
  cast(origin: readonly number[], direction: readonly number[], near: number, far: number, visit: (item: number, far: number) => number): number
}

const LEAF = 4

export function buildBoxTree(boxes: Float64Array): BoxTree {
  const count = boxes.length / 6
  const order = Uint32Array.from({ length: count }, (_, k) => k)
  // A node is a range of `order`; children of node n are written at left[n], left[n] + 1.
  const bounds: number[] = []
  const left: number[] = []
  const from: number[] = []
  const to: number[] = []
  const add = (start: number, end: number): number => {
    const node = left.length
    const box = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity]
    for (let k = start; k < end; k++)
      for (let a = 0; a < 3; a++) {
        box[a] = Math.min(box[a], boxes[order[k] * 6 + a])
        box[a + 3] = Math.max(box[a + 3], boxes[order[k] * 6 + a + 3])
      }
    bounds.push(...box)
    left.push(-1)
    from.push(start)
    to.push(end)
    return node
  }
  const middle = (item: number, axis: number) => boxes[item * 6 + axis] + boxes[item * 6 + axis + 3]
  if (count) {
    const todo = [add(0, count)]
    while (todo.length) {
      const node = todo.pop()!
      const start = from[node]
      const end = to[node]
      if (end - start <= LEAF) continue
      let axis = 0
      for (let a = 1; a < 3; a++) if (bounds[node * 6 + a + 3] - bounds[node * 6 + a] > bounds[node * 6 + axis + 3] - bounds[node * 6 + axis]) axis = a
      order.subarray(start, end).sort((p, q) => middle(p, axis) - middle(q, axis) || p - q)
      const half = (start + end) >> 1
      left[node] = add(start, half)
      add(half, end)
      todo.push(left[node], left[node] + 1)
    }
  }
  const stack: number[] = []
  return {
    cast(origin, direction, near, far, visit) {
      if (!count) return far
      const enter = (node: number): number => {
        let t0 = near
        let t1 = far
        for (let a = 0; a < 3; a++) {
          const inverse = 1 / direction[a]
          let lo = (bounds[node * 6 + a] - origin[a]) * inverse
          let hi = (bounds[node * 6 + a + 3] - origin[a]) * inverse
          if (Number.isNaN(lo)) lo = -Infinity
          if (Number.isNaN(hi)) hi = Infinity
          t0 = Math.max(t0, Math.min(lo, hi))
          t1 = Math.min(t1, Math.max(lo, hi))
        }
        return t0 <= t1 ? t0 : Infinity
      }
      const base = stack.length
      stack.push(0)
      while (stack.length > base) {
        const node = stack.pop()!
        if (enter(node) === Infinity) continue
        if (left[node] < 0) {
          for (let k = from[node]; k < to[node]; k++) far = visit(order[k], far)
          continue
        }
        const a = enter(left[node])
        const b = enter(left[node] + 1)
        if (a <= b) {
          if (b !== Infinity) stack.push(left[node] + 1)
          if (a !== Infinity) stack.push(left[node])
        } else {
          if (a !== Infinity) stack.push(left[node])
          stack.push(left[node] + 1)
        }
      }
      return far
    },
  }
}
