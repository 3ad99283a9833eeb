import { readdirSync, readFileSync } from 'node:fs'
import { finish } from '@/core/base/job'
import { importModel, inlinePool } from '@/core/ifc'
import type { SiteModel } from '@/core/model'

const FOLDER = new URL('../../models/', import.meta.url)

/** The committed models of the demonstration site, imported as a user's files are. */
export async function importStation(pick: RegExp = /\.ifc$/): Promise<SiteModel[]> {
  const models: SiteModel[] = []
  const pool = inlinePool()
  for (const name of readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ifc') && pick.test(file))
    .sort()) {
    const { model } = await finish(importModel({ name, bytes: new Uint8Array(readFileSync(new URL(name, FOLDER))) }, pool, new AbortController().signal))
    models.push(model)
  }
  return models
}
