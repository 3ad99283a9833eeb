import { defineConfig } from '@playwright/test'

/** Software WebGL in a headless browser, alike on every machine; no connection leaves it. */
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--force-color-profile=srgb',
]
const long = process.env.FORESITE_TESTS === 'long'

export default defineConfig({
  testDir: '.',
  testMatch: long ? '**/*.long.spec.ts' : '**/*.spec.ts',
  testIgnore: long ? [] : '**/*.long.spec.ts',
  outputDir: '../../.cache/test/browser',
  globalSetup: './serve.ts',
  workers: 1,
  retries: 0,
  timeout: long ? 1_800_000 : 240_000,
  expect: { timeout: 60_000 },
  use: {
    viewport: { width: 1280, height: 720 },
    deviceScaleFactor: 1,
    locale: 'zh-CN',
    launchOptions: { args: FLAGS, ...(process.env.FORESITE_BROWSER ? { executablePath: process.env.FORESITE_BROWSER } : {}) },
  },
})
