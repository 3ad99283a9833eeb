import { dirname, resolve } from 'node:path'
import type { Problem } from '@/core/base/problem'
import { CLI } from '@/messages/cli.ts'
import { sayProblem } from '@/messages/problems.ts'
import { kinds } from '@/scenarios'
import type { CliIo } from './io.ts'
import { loadModels } from './load-models.ts'
import { problemDocument } from './problem-document.ts'
import { parsedOrThrow, readJson } from './run.ts'
import { isNetworkFile, loadNetwork } from './run-network.ts'
import { withNetwork } from './with-network.ts'

/** Parses a scenario, places it in its models and says every problem; nothing runs. Exit 2 where one is an error. */
export async function check({ file, models }: { readonly file: string; readonly models: readonly string[] }, io: CliIo): Promise<number> {
  if (isNetworkFile(file)) {
    const { problems } = await loadNetwork(file, io)
    if (io.json) io.stdout(problemDocument(problems))
    const say = io.json ? io.stderr : io.stdout
    say(`${io.lang === 'zh-CN' ? CLI.ready.zh : CLI.ready.en}\n`)
    return 0
  }
  const scenario = parsedOrThrow(kinds.flood.parse(await withNetwork(await readJson(file), dirname(file))))
  const loaded = await loadModels(models.length > 0 ? models : scenario.written.models.map(({ path }) => resolve(dirname(file), path)), io)
  try {
    let problems: readonly Problem[] = loaded.problems
    if (problems.length === 0) {
      const world = kinds.flood.prepare(
        scenario,
        loaded.models.map(({ model }) => model),
      )
      problems = [...world.problems, ...(world.ok ? kinds.flood.check(scenario, world.value) : [])]
    }
    const wrong = problems.some(({ severity }) => severity === 'error')
    const say = io.json ? io.stderr : io.stdout
    if (io.json) io.stdout(problemDocument(problems))
    for (const found of problems) say(`${found.severity}: ${found.path ? `${found.path}: ` : ''}${sayProblem(found, io.lang)}\n`)
    if (!wrong) say(`${io.lang === 'zh-CN' ? CLI.ready.zh : CLI.ready.en}\n`)
    return wrong ? 2 : 0
  } finally {
    loaded.close()
  }
}
