import { expect, it } from 'vitest'
import { amiss, randomNetwork, simulated } from '../support/random-network.ts'

it('loses and makes no drop in 200 random networks', async () => {
  const wrong: string[] = []
  for (let seed = 0; seed < 200; seed++)
    try {
      wrong.push(...amiss(await simulated(randomNetwork(seed))).map((what) => `seed ${seed}: ${what}`))
    } catch (error) {
      wrong.push(`seed ${seed}: ${error}`)
    }
  expect(wrong).toEqual([])
})
