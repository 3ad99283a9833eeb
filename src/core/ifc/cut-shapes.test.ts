import { expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { AS_DESIGNED } from '../../../models/station/site.ts'
import { structure } from '../../../models/station/structure.ts'
import { stationFiles } from '../../../models/station.site.ts'
import { importModel, inlinePool } from './index.ts'
import { writeIfc } from './write/index.ts'

it('gives a body that openings cut its own shape, though its twins without openings share theirs', async () => {
  const beams = structure(AS_DESIGNED).filter(({ id }) => /^CB-N-[1-5]$/.test(id))
  const recipe = stationFiles().find(({ id }) => id === '03-STR')!
  const bytes = writeIfc({ ...recipe, elements: beams })
  const { model } = await finish(importModel({ name: '03-STR.ifc', bytes }, inlinePool(), new AbortController().signal))
  const shapeOf = (tag: string) => model.elements.find((element) => element.tag === tag)!.parts[0].shape
  expect(shapeOf('CB-N-1')).toBe(shapeOf('CB-N-2'))
  const triangles = ['CB-N-1', 'CB-N-3', 'CB-N-5'].map((tag) => model.shapes[shapeOf(tag)].indices.length / 3)
  expect(triangles[0]).toBe(12)
  expect(triangles[1]).toBeGreaterThan(12)
  expect(triangles[2]).toBeGreaterThan(triangles[1])
})
