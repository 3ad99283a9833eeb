/**
 * Every array of the water, in one table: what it holds, its unit, and whether it belongs to a cell or to the face at the cell's eastern (`x`)
 * or northern (`y`) side. All are f64 on the padded lattice.
 */
export const FIELDS = {
  h: { what: 'depth', unit: 'm', at: 'cell' },
  z: { what: 'floor', unit: 'm', at: 'cell' },
  n: { what: "Manning's n", unit: 's/m^⅓', at: 'cell' },
  share: { what: 'plan area that water fills, over cell²', unit: '–', at: 'cell' },
  inverse: { what: '1 / share', unit: '–', at: 'cell' },
  runoff: { what: 'share of the rain that runs off', unit: '–', at: 'cell' },
  seepage: { what: 'steady inflow', unit: 'm/s', at: 'cell' },
  ux: { what: 'velocity', unit: 'm/s', at: 'x' },
  uy: { what: 'velocity', unit: 'm/s', at: 'y' },
  qx: { what: 'discharge per width', unit: 'm²/s', at: 'x' },
  qy: { what: 'discharge per width', unit: 'm²/s', at: 'y' },
  ux2: { what: 'velocity after the step', unit: 'm/s', at: 'x' },
  uy2: { what: 'velocity after the step', unit: 'm/s', at: 'y' },
  qx2: { what: 'discharge per width after the step', unit: 'm²/s', at: 'x' },
  qy2: { what: 'discharge per width after the step', unit: 'm²/s', at: 'y' },
  fx: { what: 'volume moved in the step, over cell²', unit: 'm', at: 'x' },
  fy: { what: 'volume moved in the step, over cell²', unit: 'm', at: 'y' },
  wanted: { what: 'wanted in the step by pumps, gullies, sumps, over cell²', unit: 'm', at: 'cell' },
  part: { what: 'share of what is wanted that is there', unit: '–', at: 'cell' },
} as const satisfies Record<string, { what: string; unit: string; at: 'cell' | 'x' | 'y' }>

export type Fields = { readonly [F in keyof typeof FIELDS]: Float64Array }

export function makeFields(size: number): Fields {
  const fields = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, new Float64Array(size)])) as Fields
  for (const name of ['share', 'inverse', 'part'] as const) fields[name].fill(1)
  return fields
}
