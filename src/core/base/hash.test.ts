import { expect, it } from 'vitest'
import { hashOf, sha256Hex } from './hash.ts'

it('is SHA-256 (FIPS 180-4 example "abc")', () => {
  expect(sha256Hex(new Uint8Array([97, 98, 99]))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

it('does not depend on the order of keys', () => {
  expect(hashOf({ a: 1, b: [2, { d: 3, c: 4 }] })).toBe(hashOf({ b: [2, { c: 4, d: 3 }], a: 1 }))
  expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: 2 }))
})
