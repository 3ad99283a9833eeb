import type { Equipment } from './scene-props.ts'

/** How an item looks at the moment: what its icon is drawn from. Two equal looks are one picture. */
export interface IconLook {
  readonly kind: Equipment['kind']
  readonly text: string
  readonly tone: Tone
  readonly selected: boolean
  readonly dark: boolean
}
export type Tone = 'idle' | 'running' | 'warning' | 'danger' | 'plain'

/** A cell of the atlas in CSS px: a pill with word and a bare disc beside it, each with a pin whose tip is at the bottom middle. */
export const CELL = { width: 176, height: 44, pill: 140, disc: 36 } as const

const TONES: Readonly<Record<Tone, string>> = { idle: '#6b7785', running: '#1f6feb', warning: '#b7791f', danger: '#cf2f3c', plain: '#3f6f63' }

/** The look of the moment, from the item and what it says of itself. */
export function lookOf(item: Equipment, now: number, selected: boolean, dark: boolean): IconLook {
  const base = { kind: item.kind, selected, dark }
  switch (item.kind) {
    case 'pump': {
      const live = item.live?.()
      const state = live?.state ?? 'off'
      const tone = live?.recirculates && state === 'on' ? 'danger' : state === 'on' ? 'running' : state === 'off' ? 'idle' : 'danger'
      return { ...base, text: item.label, tone }
    }
    case 'panel': {
      const state = item.live?.()?.state ?? 'live'
      return { ...base, text: item.label, tone: state === 'live' ? 'plain' : 'danger' }
    }
    case 'board':
      return { ...base, text: item.label, tone: now >= item.since ? 'running' : 'idle' }
    case 'probe': {
      const live = item.live?.()
      return { ...base, text: live ? `${item.label} ${live.depth.toFixed(2)} m` : item.label, tone: live && live.depth > 0.01 ? 'running' : 'idle' }
    }
    case 'node':
      return { ...base, text: item.label, tone: item.live?.()?.surcharged ? 'danger' : 'plain' }
  }
}

export function drawIcon(pen: CanvasRenderingContext2D, x: number, y: number, look: IconLook): void {
  pen.clearRect(x, y, CELL.width, CELL.height)
  pen.save()
  pen.translate(x, y)
  drawPill(pen, look)
  pen.translate(CELL.pill, 0)
  drawDisc(pen, look)
  pen.restore()
}

function drawPill(pen: CanvasRenderingContext2D, look: IconLook): void {
  pen.font = '500 13px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif'
  const text = fitted(pen, look.text, CELL.pill - 46)
  const width = Math.ceil(pen.measureText(text).width) + 40
  const left = (CELL.pill - width) / 2
  const middle = CELL.pill / 2
  pen.beginPath()
  pen.roundRect(left, 3, width, 28, 14)
  pen.moveTo(middle - 6, 30.5)
  pen.lineTo(middle, 40)
  pen.lineTo(middle + 6, 30.5)
  backing(pen, look)
  disc(pen, look, left + 15, 17, 11)
  pen.fillStyle = look.dark ? '#e6ebf1' : '#1f2730'
  pen.textBaseline = 'middle'
  pen.fillText(text, left + 31, 17.5)
}

function drawDisc(pen: CanvasRenderingContext2D, look: IconLook): void {
  const middle = CELL.disc / 2
  pen.beginPath()
  pen.arc(middle, 17, 14, 0, 2 * Math.PI)
  pen.moveTo(middle - 5, 29)
  pen.lineTo(middle, 40)
  pen.lineTo(middle + 5, 29)
  backing(pen, look)
  disc(pen, look, middle, 17, 11)
}

/** Border first, under the fill, so that pill and pin are one shape. */
function backing(pen: CanvasRenderingContext2D, { selected, dark }: IconLook): void {
  pen.lineWidth = selected ? 5 : 2
  pen.strokeStyle = selected ? (dark ? '#5b9dff' : '#1f6feb') : dark ? '#05080c' : '#8f9aa6'
  pen.stroke()
  pen.fillStyle = dark ? '#262d36' : '#ffffff'
  pen.fill('nonzero')
}

function disc(pen: CanvasRenderingContext2D, look: IconLook, x: number, y: number, r: number): void {
  pen.beginPath()
  pen.arc(x, y, r, 0, 2 * Math.PI)
  pen.fillStyle = TONES[look.tone]
  pen.fill()
  pen.save()
  pen.translate(x, y)
  pen.strokeStyle = pen.fillStyle = '#ffffff'
  pen.lineWidth = 1.6
  pen.lineCap = pen.lineJoin = 'round'
  pen.beginPath()
  GLYPHS[look.kind](pen)
  pen.stroke()
  pen.restore()
}

const GLYPHS: Readonly<Record<Equipment['kind'], (pen: CanvasRenderingContext2D) => void>> = {
  // The pump of a flow sheet: circle and triangle towards its outlet.
  pump(pen) {
    pen.arc(0, 0, 5.6, 0, 2 * Math.PI)
    pen.moveTo(-3, -3.2)
    pen.lineTo(5.2, 0)
    pen.lineTo(-3, 3.2)
  },
  panel(pen) {
    pen.moveTo(1.4, -5.6)
    pen.lineTo(-3, 0.8)
    pen.lineTo(0.4, 0.8)
    pen.lineTo(-1.4, 5.6)
    pen.lineTo(3, -1)
    pen.lineTo(-0.4, -1)
    pen.closePath()
  },
  board(pen) {
    for (const y of [-3.6, 0, 3.6]) {
      pen.moveTo(-5.4, y)
      pen.lineTo(5.4, y)
    }
  },
  probe(pen) {
    pen.moveTo(0, -6)
    pen.lineTo(0, 6)
    pen.moveTo(-4, -2)
    pen.quadraticCurveTo(-2, -4, 0, -2)
    pen.quadraticCurveTo(2, 0, 4, -2)
    pen.moveTo(-4, 3)
    pen.quadraticCurveTo(-2, 1, 0, 3)
    pen.quadraticCurveTo(2, 5, 4, 3)
  },
  // A manhole from above.
  node(pen) {
    pen.arc(0, 0, 5.4, 0, 2 * Math.PI)
    pen.moveTo(-3.8, -2)
    pen.lineTo(3.8, -2)
    pen.moveTo(-3.8, 2)
    pen.lineTo(3.8, 2)
  },
}

function fitted(pen: CanvasRenderingContext2D, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text
  let cut = text
  while (cut.length > 1 && pen.measureText(`${cut}…`).width > width) cut = cut.slice(0, -1)
  return `${cut}…`
}
