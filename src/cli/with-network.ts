import { resolve } from 'node:path'
import { putNetwork, wantedNetwork } from '@/scenarios'
import { readText } from './read-text.ts'

/** A scenario as it is written, with the text of the network that it names put in from beside it. */
export async function withNetwork(json: unknown, folder: string): Promise<unknown> {
  const path = wantedNetwork(json)
  return path === null ? json : putNetwork(json, await readText(resolve(folder, path)))
}
