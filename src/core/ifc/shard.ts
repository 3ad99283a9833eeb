import { type Mat4, multiply } from '@/core/base/geometry'
import type { StepFile } from './step-file.ts'

/** A product to mesh: its representations, and the openings that cut it, placed relative to it. */
export interface ShardProduct {
  readonly id: number
  readonly representations: readonly number[]
  /** Written as it stands in the file where the placement is of a kind that only the engine resolves; else 0 and the shape stays local. */
  readonly placement: number
  /** Where the engine sees it instead of at the origin; only where `placement` is 0. */
  readonly at: Mat4 | null
  readonly openings: readonly { readonly id: number; readonly representations: readonly number[]; readonly relative: Mat4 }[]
}

/** A product by its number in the shard; `cut`: openings are taken out of its body. */
export interface ShardMember {
  readonly id: number
  readonly local: number
  readonly cut: boolean
}

/** A small STEP file for the engine and, per product, its number in there. */
export interface Shard {
  readonly bytes: Uint8Array
  readonly products: readonly ShardMember[]
  /** Express id in the user's file by number in the shard. */
  readonly original: Uint32Array
}

/**
 * Writes what the engine needs of some products and nothing else: numbered anew from 1, each entity once, units as we read them, every
 * product as a proxy at the origin. So the engine never meets duplicate ids, foreign classes, long names, far coordinates or circular
 * trees, and a shard of one product costs the same however large the file is.
 */
export function writeShard(
  step: StepFile,
  products: readonly ShardProduct[],
  entities: readonly number[],
  units: { readonly toMetre: number; readonly angle: number },
): Shard {
  const out = new Writer(entities.length * 48 + 4096)
  const numberOf = new Map<number, number>()
  let count = 0
  for (const id of entities) if (!numberOf.has(id)) numberOf.set(id, ++count)
  const original = new Uint32Array(count + 16 + products.length * 8)
  for (const [id, local] of numberOf) original[local] = id

  out.text("ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((''),'2;1');\nFILE_NAME('','',(''),(''),'','','');\n")
  out.text(`FILE_SCHEMA(('${engineSchema(step.header.schema)}'));\nENDSEC;\nDATA;\n`)
  for (const id of entities) out.entity(numberOf.get(id) ?? 0, step.typeOf(id), step.rawOf(id), numberOf)

  const metre = line('IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)')
  const length = units.toMetre === 1 ? metre : converted('LENGTHUNIT', 'IFCLENGTHMEASURE', units.toMetre, metre)
  const radian = line('IFCSIUNIT(*,.PLANEANGLEUNIT.,$,.RADIAN.)')
  const angle = units.angle === 1 ? radian : converted('PLANEANGLEUNIT', 'IFCPLANEANGLEMEASURE', units.angle, radian)
  const assignment = line(`IFCUNITASSIGNMENT((#${length},#${angle}))`)
  line(`IFCPROJECT('0000000000000000000000',$,'',$,$,$,$,(),#${assignment})`)

  const written: ShardMember[] = []
  for (const product of products) {
    const moved = product.at
    const local = proxy('IFCBUILDINGELEMENTPROXY', product.id, product.representations, moved ? placed(moved) : (numberOf.get(product.placement) ?? 0))
    written.push({ id: product.id, local, cut: product.openings.length > 0 })
    for (const opening of product.openings) {
      const cut = proxy('IFCOPENINGELEMENT', opening.id, opening.representations, placed(moved ? multiply(moved, opening.relative) : opening.relative))
      line(`IFCRELVOIDSELEMENT('0000000000000000000000',$,$,$,#${local},#${cut})`)
    }
  }
  out.text('ENDSEC;\nEND-ISO-10303-21;\n')
  return { bytes: out.done(), products: written, original: grown(original, count) }

  function line(text: string): number {
    out.text(`#${++count}=${text};\n`)
    return count
  }
  function converted(kind: string, measure: string, factor: number, base: number): number {
    const value = line(`IFCMEASUREWITHUNIT(${measure}(${real(factor)}),#${base})`)
    const dimensions = line(kind === 'LENGTHUNIT' ? 'IFCDIMENSIONALEXPONENTS(1,0,0,0,0,0,0)' : 'IFCDIMENSIONALEXPONENTS(0,0,0,0,0,0,0)')
    return line(`IFCCONVERSIONBASEDUNIT(#${dimensions},.${kind}.,'U',#${value})`)
  }
  function proxy(type: string, id: number, representations: readonly number[], placement: number): number {
    const shape = line(`IFCPRODUCTDEFINITIONSHAPE($,$,(${representations.map((r) => `#${numberOf.get(r)}`).join()}))`)
    const made = line(`${type}('0000000000000000000000',$,$,$,$,${placement ? `#${placement}` : '$'},#${shape},$,$)`)
    if (made < original.length) original[made] = id
    return made
  }
  function placed(m: Mat4): number {
    const point = line(`IFCCARTESIANPOINT((${real(m[12])},${real(m[13])},${real(m[14])}))`)
    const z = line(`IFCDIRECTION((${real(m[8])},${real(m[9])},${real(m[10])}))`)
    const x = line(`IFCDIRECTION((${real(m[0])},${real(m[1])},${real(m[2])}))`)
    const axis = line(`IFCAXIS2PLACEMENT3D(#${point},#${z},#${x})`)
    return line(`IFCLOCALPLACEMENT($,#${axis})`)
  }
}

/** The engine's own name of a schema. Geometry is the same in all; release candidates and drafts are read as what they became. */
function engineSchema(schema: string): string {
  if (schema.startsWith('IFC2X3') || schema === 'IFC2X_FINAL' || schema === 'IFC2X2_FINAL') return 'IFC2X3'
  if (schema.startsWith('IFC4X')) return 'IFC4X3'
  return 'IFC4'
}

function real(value: number): string {
  const text = String(value)
  if (text.includes('e')) return text.includes('.') ? text.replace('e', 'E') : text.replace('e', '.E')
  return text.includes('.') ? text : `${text}.`
}

function grown(ids: Uint32Array, count: number): Uint32Array {
  if (ids.length > count) return ids.subarray(0, count + 1)
  const out = new Uint32Array(count + 1)
  out.set(ids)
  return out
}

/** Strings in geometry are labels; longer ones lose their meaning for the engine and one of its limits is 65,535 bytes. */
const LONGEST_STRING = 64

class Writer {
  private bytes: Uint8Array
  private at = 0
  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity)
  }
  text(text: string): void {
    this.reserve(text.length)
    for (let k = 0; k < text.length; k++) this.bytes[this.at++] = text.charCodeAt(k)
  }
  /** One line with its references renumbered; a reference that leads nowhere becomes `$`. */
  entity(local: number, type: string, raw: Uint8Array, numberOf: ReadonlyMap<number, number>): void {
    this.text(`#${local}=${type}`)
    this.reserve(raw.length * 6 + 16)
    for (let q = 0; q < raw.length; q++) {
      const c = raw[q]
      if (c === 39) {
        let end = q + 1
        while (end < raw.length && !(raw[end] === 39 && raw[end + 1] !== 39)) end += raw[end] === 39 ? 2 : 1
        const short = end - q <= LONGEST_STRING
        this.bytes[this.at++] = 39
        if (short) for (let s = q + 1; s < end; s++) this.bytes[this.at++] = raw[s]
        this.bytes[this.at++] = 39
        q = end
      } else if (c === 35) {
        let id = 0
        let d = q + 1
        while (d < raw.length && raw[d] >= 48 && raw[d] <= 57) id = id * 10 + raw[d++] - 48
        const target = numberOf.get(id)
        this.text(target === undefined ? '$' : `#${target}`)
        q = d - 1
      } else if (c === 47 && raw[q + 1] === 42) {
        q += 2
        while (q < raw.length && !(raw[q] === 42 && raw[q + 1] === 47)) q++
        q++
      } else this.bytes[this.at++] = c >= 97 && c <= 122 ? c - 32 : c
    }
    this.text(';\n')
  }
  done(): Uint8Array {
    return this.bytes.slice(0, this.at)
  }
  private reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + more))
    larger.set(this.bytes.subarray(0, this.at))
    this.bytes = larger
  }
}
