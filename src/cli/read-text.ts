import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Failure, problem } from '@/core/base/problem'

/** The text of a file; one that is missing or empty is a problem with its name. */
export async function readText(file: string): Promise<string> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    throw new Failure(problem('file.notFound', { name: file }, file))
  }
  if (text.trim() === '') throw new Failure(problem('file.empty', { name: basename(file) }, file))
  return text
}
