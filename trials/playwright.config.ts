// Journeys through the whole shop in a real Chromium, each with JavaScript on and off, against a shop of their own.
import { defineConfig } from '@playwright/test'
import { findChromium } from './chromium.ts'
import { origin } from './journeys/ports.ts'

const asRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: './journeys',
  outputDir: '../test-results',
  globalSetup: './journeys/start-shop.ts',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // A crowded CI machine gets a second look; Playwright then names the test flaky in its report.
  retries: process.env.CI ? 1 : 0,
  reporter: [['list'], ['json', { outputFile: process.env.JOURNEYS_REPORT ?? '../test-results/journeys.json' }]],
  use: {
    baseURL: origin,
    locale: 'en-IE',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findChromium(),
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'with JavaScript', use: { javaScriptEnabled: true }, testIgnore: '**/no-script.spec.ts' },
    // What the server sends is the same on every device: axe looks at it on the phone, behind a log-in with scripts only.
    {
      name: 'without JavaScript',
      use: { javaScriptEnabled: false },
      grepInvert: /on a desktop|pages of (a shopper|the shopkeeper) are accessible/,
    },
    { name: 'without a browser', testDir: './surface' },
  ],
})
