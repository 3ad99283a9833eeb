import { expect, it } from 'vitest'
import { toMap } from './index.ts'

const turned = { epsg: 'EPSG:4548', eastings: 500_000, northings: 4_000_000, height: 46.5, rotation: Math.PI / 2, scale: 0.9996 }

it('turns, scales in plan and lifts, and keeps the millimetre at four million metres', () => {
  const at = toMap({ origin: [4_000_000, 10, 0], georeference: turned }, [0.001, 0, -20.123])
  expect(at?.northing).toBeCloseTo(4_000_000 + 0.9996 * 4_000_000.001, 6)
  expect(at?.easting).toBeCloseTo(500_000 - 0.9996 * 10, 6)
  expect(at?.height).toBeCloseTo(26.377, 9)
})

it('says nothing where the file has no map conversion', () => {
  expect(toMap({ origin: [0, 0, 0], georeference: null }, [1, 2, 3])).toBeNull()
})
