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
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'models/**/*.test.ts', 'tests/*.test.ts', 'tests/{validation,kernels,golden}/**/*.test.ts'],
    testTimeout: 120_000,
  },
})
