import { useEffect, useRef } from 'react'
import { APP } from '@/messages/app'
import { colorOf, DEPTH_LEGEND } from '@/scene/legend'
import { useGet, useRuntime, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

/** Without WebGL2: a plain word, and the plan of the ground and the water in two dimensions. */
export function NoScene() {
  const t = useWords()
  const get = useGet()
  const scenario = useTwin((state) => state.scenario)
  const models = useTwin((state) => state.models)
  useEffect(() => {
    if (scenario && models.length) void get().ensureWorld()
  }, [scenario, models, get])
  return (
    <div className="planmap">
      <p className="card planword" role="status">
        {t(APP.noWebgl)} {t(APP.noWebglSafe)}
      </p>
      <PlanMap />
    </div>
  )
}

/** Cells from above, north up: ground in greys by its level, water in the legend's colours. */
function PlanMap() {
  const t = useWords()
  const { frames, clock } = useRuntime()
  const canvas = useRef<HTMLCanvasElement>(null)
  const grid = useTwin((state) => (state.world.state === 'ready' ? state.world.value.grid : null))
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!grid || !context) return
    const { columns, rows, floor, wet } = grid
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let k = 0; k < floor.length; k++)
      if (wet[k]) {
        low = Math.min(low, floor[k])
        high = Math.max(high, floor[k])
      }
    const image = context.createImageData(columns, rows)
    let shown: Float32Array | null | undefined
    const draw = () => {
      const depth = frames.around(clock.now())?.before.depth ?? null
      if (depth === shown) return
      shown = depth
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++) {
          const k = row * columns + column
          const color = depth && wet[k] ? colorOf(DEPTH_LEGEND, depth[k]) : null
          const grey = wet[k] ? 120 + (110 * (floor[k] - low)) / (high - low || 1) : 70
          image.data.set([...(color ?? [grey, grey, grey]), 255], ((rows - 1 - row) * columns + column) * 4)
        }
      context.putImageData(image, 0, 0)
    }
    draw()
    const offTick = clock.onTick(draw)
    const offFrames = frames.subscribe(draw)
    return () => {
      offTick()
      offFrames()
    }
  }, [grid, frames, clock])
  if (!grid) return null
  return <canvas ref={canvas} width={grid.columns} height={grid.rows} role="img" aria-label={t(APP.plan)} />
}
