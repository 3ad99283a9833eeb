import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** Served in preview and written to the built page's own headers file (`public/_headers`); a test compares the two. */
export const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}
const { 'Content-Security-Policy': _, ...DEV_HEADERS } = HEADERS

export default defineConfig({
  base: './',
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { headers: DEV_HEADERS, host: '127.0.0.1' },
  preview: { headers: HEADERS, host: '127.0.0.1' },
  worker: { format: 'es' },
  build: { target: 'es2022', chunkSizeWarningLimit: 4000, emptyOutDir: true },
  test: { environment: 'node', testTimeout: 120_000, hookTimeout: 120_000, ...suite(process.env.FORESITE_TESTS) },
})

/** Which test files a run takes: `fast` units only, `long` what is too long for every change, `bench` the benchmarks, else all that must pass. */
function suite(name: string | undefined) {
  const units = ['src/**/*.test.ts', 'models/**/*.test.ts', 'tests/*.test.ts']
  const deep = ['tests/{validation,kernels,golden}/**/*.test.ts']
  if (name === 'long') return { include: ['{src,models,tests}/**/*.long.test.ts'], exclude: ['**/node_modules/**'], testTimeout: 3_600_000 }
  if (name === 'bench') return { include: ['tests/bench/**/*.bench.test.ts'], exclude: ['**/node_modules/**'], testTimeout: 3_600_000 }
  return { include: name === 'fast' ? units : [...units, ...deep], exclude: ['**/*.long.test.ts', '**/node_modules/**'] }
}
