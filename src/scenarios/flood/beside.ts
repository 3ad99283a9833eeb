/** Path of the network file that a scenario names and whose text it does not hold; null where it wants none. */
export function wantedNetwork(json: unknown): string | null {
  if (!isRecord(json) || !isRecord(json.network) || typeof json.network.path !== 'string' || json.network.text !== undefined) return null
  return json.network.path
}

/** A scenario with the text of its network in it, so that hashes and reports tell what was run. */
export function putNetwork(json: unknown, text: string): unknown {
  return isRecord(json) && isRecord(json.network) ? { ...json, network: { ...json.network, text } } : json
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
