// Finds a Chromium for the journeys: CHROMIUM_PATH, the system's, Playwright's own, or, as a last try, its download.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file))
}

/** The browser's file; throws one sentence with what to do when there is none. */
export function findChromium(): string {
  const found = [process.env.CHROMIUM_PATH, onPath(), chromium.executablePath()].find(
    (file) => file && existsSync(file),
  )
  if (found) return found
  console.log('No Chromium on this machine: asking Playwright to download one.')
  spawnSync(process.execPath, [join('node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium'], {
    stdio: 'inherit',
  })
  if (existsSync(chromium.executablePath())) return chromium.executablePath()
  throw new Error(
    'The journeys need Chromium: install it (for example: apt-get install chromium) or set CHROMIUM_PATH.',
  )
}
