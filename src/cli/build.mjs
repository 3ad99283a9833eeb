// Builds everything that is served or run: the page, the terminal, and the cache of the demonstration site, which is made of the
// committed IFC files by the code that a user's file goes through. `--models` regenerates those files from their recipe.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensure, ROOT } from './ensure.mjs'

const SOURCES = ['src', 'models', 'scenarios', 'public', 'index.html', 'vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json']
const STAMP = join(ROOT, 'dist', '.sources-sha256')

if (process.argv[1] === new URL(import.meta.url).pathname || process.argv[1]?.endsWith('build.mjs')) {
  ensure()
  if (process.argv.includes('--models')) await writeModels()
  else await build()
}

/** Builds unless dist already is of exactly these sources. */
export async function buildIfStale() {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashOfSources()) return
  await build()
}

export async function build() {
  const sources = hashOfSources()
  rmSync(STAMP, { force: true })
  const { build: viteBuild } = await import('vite')
  await viteBuild({ root: ROOT, configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' })
  await buildTerminal()
  buildDemo()
  writeFileSync(STAMP, sources)
}

/** foresite.js with its worker beside it. */
export async function buildTerminal(dir = join(ROOT, 'dist/cli')) {
  const { rolldown } = await import('rolldown')
  const bundle = await rolldown({
    input: { foresite: join(ROOT, 'src/cli/main.ts'), worker: join(ROOT, 'src/cli/worker.ts') },
    platform: 'node',
    external: [/^node:/, 'web-ifc'],
    resolve: { alias: { '@': join(ROOT, 'src') } },
    treeshake: true,
  })
  await bundle.write({ dir, format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunk-[hash].js', cleanDir: true })
  await bundle.close()
}

function buildDemo() {
  const demo = join(ROOT, 'dist/demo')
  mkdirSync(demo, { recursive: true })
  const files = ifcFiles()
  const done = spawnSync(
    process.execPath,
    [join(ROOT, 'dist/cli/foresite.js'), 'convert', ...files.map((name) => join(ROOT, 'models', name)), join(demo, 'station.fsc'), '--quiet'],
    { stdio: ['ignore', 2, 2] },
  )
  if (done.status !== 0) throw new Error('The cache of the demonstration site could not be made.')
  for (const name of readdirSync(join(ROOT, 'scenarios'))) if (name.endsWith('.json')) cpSync(join(ROOT, 'scenarios', name), join(demo, name))
}

async function writeModels() {
  const { rolldown } = await import('rolldown')
  const out = join(ROOT, '.cache', 'models')
  const bundle = await rolldown({
    input: join(ROOT, 'models/station.site.ts'),
    platform: 'node',
    external: [/^node:/],
    resolve: { alias: { '@': join(ROOT, 'src') } },
  })
  await bundle.write({ dir: out, format: 'esm', entryFileNames: 'station.js', cleanDir: true })
  await bundle.close()
  const { buildStation } = await import(pathToFileURL(join(out, 'station.js')).href)
  for (const { name, bytes } of await buildStation()) {
    writeFileSync(join(ROOT, 'models', name), bytes)
    process.stderr.write(`${name} ${(bytes.length / 1024).toFixed(0)} kB\n`)
  }
  nameModels()
}

/** The stories name their models by content: the hashes follow the files. */
function nameModels() {
  for (const name of readdirSync(join(ROOT, 'scenarios')).filter((file) => file.endsWith('.json'))) {
    const path = join(ROOT, 'scenarios', name)
    const text = readFileSync(path, 'utf8')
    const named = text.replace(/("path":\s*"\.\.\/models\/([^"]+)",\s*"sha256":\s*")[0-9a-f]{64}"/g, (all, head, file) => {
      const model = join(ROOT, 'models', file)
      return existsSync(model) ? `${head}${createHash('sha256').update(readFileSync(model)).digest('hex')}"` : all
    })
    if (named !== text) writeFileSync(path, named)
  }
}

function ifcFiles() {
  return readdirSync(join(ROOT, 'models'))
    .filter((name) => name.endsWith('.ifc'))
    .sort()
}

function hashOfSources() {
  const hash = createHash('sha256')
  const visit = (path) => {
    const full = join(ROOT, path)
    if (!existsSync(full)) return
    let names = null
    try {
      names = readdirSync(full).sort()
    } catch {
      hash.update(path).update(readFileSync(full))
      return
    }
    for (const name of names) visit(`${path}/${name}`)
  }
  SOURCES.forEach(visit)
  return hash.digest('hex')
}
