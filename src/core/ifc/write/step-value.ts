/** A reference `#n` to an instance. */
export type Ref = `#${number}`
export const NONE = '$'

/** A STEP real: at most `decimals` digits after the point, always with a point. */
export function real(value: number, decimals = 6): string {
  if (!Number.isFinite(value)) throw new Error(`a STEP file holds finite numbers only, not ${value}`)
  const text = value.toFixed(decimals)
  const trimmed = text.includes('.') ? text.replace(/0+$/, '') : `${text}.`
  return trimmed === '-0.' ? '0.' : trimmed
}

/** A STEP string: ASCII as it stands, everything else as \X2\ with uppercase hexadecimal UTF-16 units. */
export function text(value: string): string {
  const plain = value.replaceAll('\\', '\\\\').replaceAll("'", "''")
  const encoded = plain.replace(/[^\x20-\x7e]+/g, (run) => {
    let hex = ''
    for (let k = 0; k < run.length; k++) hex += run.charCodeAt(k).toString(16).toUpperCase().padStart(4, '0')
    return `\\X2\\${hex}\\X0\\`
  })
  return `'${encoded}'`
}

export function keyword(value: string | undefined): string {
  return value === undefined ? NONE : `.${value}.`
}

export function list(values: readonly string[]): string {
  return `(${values.join(',')})`
}
