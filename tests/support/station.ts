import { readdirSync, readFileSync } from 'node:fs'
import { finish } from '@/core/base/job'
import { importModel, inlinePool } from '@/core/ifc'
import type { SiteModel } from '@/core/model'

const FOLDER = new URL('../../models/', import.meta.url)

/** The committed models of the demonstration site, imported as a user's files are; `rewrite` changes the text of a file before. */
export async function importStation(pick: RegExp = /\.ifc$/, rewrite: (text: string, name: string) => string = (text) => text): Promise<SiteModel[]> {
  const models: SiteModel[] = []
  const pool = inlinePool()
  for (const name of readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ifc') && pick.test(file))
    .sort()) {
    const bytes = new TextEncoder().encode(rewrite(readFileSync(new URL(name, FOLDER), 'utf8'), name))
    const { model } = await finish(importModel({ name, bytes }, pool, new AbortController().signal))
    models.push(model)
  }
  return models
}
