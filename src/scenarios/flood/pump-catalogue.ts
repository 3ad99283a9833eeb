/** Generic pumps (`domain.md` 2.4; no vendor's claims): rated flow [m³/s], head at it [m], electric power [W], usual hose [m]. */
export interface PumpType {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly flow: number
  readonly head: number
  readonly power: number
  readonly hose: number
}
const perHour = (flow: number) => flow / 3600

export const PUMP_CATALOGUE: readonly PumpType[] = [
  { id: 'P50', zh: '潜水排污泵 WQ50-25', en: 'submersible WQ50-25', flow: perHour(50), head: 25, power: 7500, hose: 0.1 },
  { id: 'P100', zh: '潜水排污泵 WQ100-25', en: 'submersible WQ100-25', flow: perHour(100), head: 25, power: 15000, hose: 0.15 },
  { id: 'P200', zh: '潜水排污泵 WQ200-30', en: 'submersible WQ200-30', flow: perHour(200), head: 30, power: 37000, hose: 0.15 },
  { id: 'P400', zh: '潜水排污泵 WQ400-25', en: 'submersible WQ400-25', flow: perHour(400), head: 25, power: 50000, hose: 0.2 },
  { id: 'S180', zh: '小型抢险单元', en: 'small rescue unit', flow: perHour(180), head: 12, power: 15000, hose: 0.1 },
  { id: 'M1000', zh: '中型抢险单元', en: 'medium rescue unit', flow: perHour(1000), head: 10, power: 60000, hose: 0.3 },
  { id: 'D1500', zh: '龙吸水排水抢险车 1500', en: 'pump truck 1500', flow: perHour(1500), head: 20, power: 160000, hose: 0.3 },
  { id: 'D3000', zh: '龙吸水排水抢险车 3000', en: 'pump truck 3000', flow: perHour(3000), head: 20, power: 300000, hose: 0.4 },
]
export function pumpType(id: string): PumpType | undefined {
  return PUMP_CATALOGUE.find((type) => type.id === id)
}
