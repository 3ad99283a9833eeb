import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

/** The dependency rule: a folder sees itself and what is listed; everything else is forbidden. `out` names outside packages. */
const RULE: Record<string, { in: string[]; out: string[] }> = {
  'core/base': { in: [], out: ['zod', '@noble/hashes', 'fflate'] },
  'core/model': { in: ['core/base'], out: ['zod'] },
  'core/ifc': { in: ['core/base', 'core/model'], out: ['web-ifc', 'earcut'] },
  'core/clash': { in: ['core/base', 'core/model'], out: ['zod', 'robust-predicates', 'earcut'] },
  'core/review': { in: ['core/base', 'core/model', 'core/clash'], out: [] },
  'core/report': { in: ['core/base'], out: [] },
  'core/site': { in: ['core/base', 'core/model'], out: ['earcut'] },
  'core/flood': { in: ['core/base', 'core/site'], out: [] },
  'core/decide': { in: ['core/base'], out: ['zod'] },
  scenarios: { in: ['core'], out: ['zod'] },
  compute: { in: ['core', 'scenarios'], out: ['web-ifc/web-ifc.wasm?url'] },
  scene: { in: ['core', 'messages'], out: ['react', 'react-dom', 'three', '@react-three/fiber', '@react-three/drei', 'three-mesh-bvh', 'camera-controls'] },
  messages: { in: ['core'], out: [] },
  app: {
    in: ['core', 'scenarios', 'compute', 'scene', 'messages'],
    out: [
      'react',
      'react-dom',
      'zustand',
      '@react-three/fiber',
      '@react-three/drei',
      '@mantine/core',
      '@mantine/hooks',
      '@tabler/icons-react',
      '@tanstack/react-virtual',
      'uplot',
    ],
  },
  cli: { in: ['core', 'scenarios', 'compute', 'messages'], out: ['node:', 'vite', 'rolldown', 'zod'] },
}
const SRC = resolve(import.meta.dirname, '../src')
const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
}
/** The rule's folder that a path under src belongs to: `core/ifc/step/index.ts` → `core/ifc`. */
function folderOf(path: string): string {
  const parts = path.split('/')
  return parts[0] === 'core' ? parts.slice(0, 2).join('/') : parts.length > 1 || !parts[0].includes('.') ? parts[0] : ''
}
function scan(files: string[]) {
  const broken: string[] = []
  let imports = 0
  for (const file of files) {
    const path = relative(SRC, file)
    const from = folderOf(path)
    const rule = RULE[from]
    if (!rule) {
      if (from !== '') broken.push(`${path}: folder ${from} is not in the rule`)
      continue
    }
    for (const match of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const target = match[1] ?? match[2] ?? match[3]
      imports++
      if (target.startsWith('.') || target.startsWith('@/')) {
        const resolved = relative(SRC, target.startsWith('.') ? resolve(dirname(file), target) : join(SRC, target.slice(2)))
        const to = folderOf(resolved)
        const seen = rule.in.some((allowed) => to === allowed || to.startsWith(`${allowed}/`) || (allowed === 'core' && to.startsWith('core/')))
        if (to !== from && !seen) broken.push(`${path} imports ${target}: ${from} may not see ${to}`)
        else if (to !== from && to.startsWith('core/') && to !== 'core/base' && resolved.split('/').length > 2)
          broken.push(`${path} imports ${target}: a core folder is entered by its door only (@/${to})`)
        if (from === 'scenarios' && !path.endsWith('.tsx') && (to === 'scene' || target.endsWith('.tsx')))
          broken.push(`${path} imports ${target}: headless scenario code sees no view`)
        const [, kind] = path.split('/')
        const [, other] = resolved.split('/')
        if (from === 'scenarios' && to === 'scenarios' && path.split('/').length > 2 && resolved.split('/').length > 2 && kind !== other)
          broken.push(`${path} imports ${target}: one scenario kind never sees another`)
      } else if (!rule.out.some((allowed) => target === allowed || target.startsWith(`${allowed}/`) || (allowed.endsWith(':') && target.startsWith(allowed)))) {
        broken.push(`${path} imports ${target}: ${from} may not use this package`)
      }
    }
    if (path.startsWith('core/') && path.endsWith('.tsx')) broken.push(`${path}: .tsx is for the browser, core runs anywhere`)
  }
  return { broken, imports }
}

it('holds the dependency rule', () => {
  const { broken, imports } = scan(filesUnder(SRC))
  expect(imports, 'the scan must have seen imports').toBeGreaterThan(100)
  expect(broken).toEqual([])
})

it('keeps host globals out of core', () => {
  const banned = /(?<![\w.$'"`/-])(window|document|navigator|localStorage|process)\s*[.[(]|(?<![\w.$'"`/-])fetch\s*\(|Math\.random|Date\.now|new Date\(/
  const files = filesUnder(join(SRC, 'core'))
  const broken = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, k) => (banned.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line) ? [`${relative(SRC, file)}:${k + 1}: ${line.trim()}`] : [])),
  )
  expect(files.length).toBeGreaterThan(20)
  expect(broken).toEqual([])
})

it('keeps inexact arithmetic out of the grid and the solver', () => {
  const banned = /Math\.(pow|exp|log\w*|sin|cos|tan|a\w*(sin|cos|tan)\w*|sinh|cosh|tanh|cbrt|hypot)\b|\*\*/
  const files = [...filesUnder(join(SRC, 'core/flood')), ...filesUnder(join(SRC, 'core/site'))].filter((file) => !/rain|storm|hyetograph/.test(file))
  const broken = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, k) => (banned.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line) ? [`${relative(SRC, file)}:${k + 1}: ${line.trim()}`] : [])),
  )
  expect(broken).toEqual([])
})

it('has a closed top level', () => {
  const allowed = [
    'src',
    'models',
    'scenarios',
    'public',
    'tests',
    'index.html',
    'vite.config.ts',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'README.md',
    'LICENSE',
    'node_modules',
    'dist',
    'test-results',
  ]
  const top = readdirSync(resolve(SRC, '..')).filter((name) => !name.startsWith('.'))
  expect(top.filter((name) => !allowed.includes(name))).toEqual([])
})
