import { resolve } from 'node:path'
import { readText } from './read-text.ts'

/** A scenario as it is written, with the text of the network that it names put in, so that hashes and reports tell what was run. */
export async function withNetwork(json: unknown, folder: string): Promise<unknown> {
  if (!isRecord(json) || !isRecord(json.network) || typeof json.network.path !== 'string' || json.network.text !== undefined) return json
  return { ...json, network: { ...json.network, text: await readText(resolve(folder, json.network.path)) } }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
