// The house's own source files, for tests that read the code instead of running it. Reads only.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const house = resolve(import.meta.dirname, '../..')

export type Source = { path: string; text: string }

const parts = ['storefront', 'catalog-api', 'notifier', 'migrations', 'seeds', 'local', 'trials']
const notOurs = new Set(['node_modules', 'build', '.data', 'public', 'test-results'])

/** Every TypeScript file below the parts of the house, by its path from the root; tests only when asked for. */
export function listSources({ tests = false } = {}): Source[] {
  const found: Source[] = []
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(house, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory() && !notOurs.has(entry.name)) walk(path)
      else if (entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name) && (tests || !isTest(path)))
        found.push({ path, text: readFileSync(join(house, path), 'utf8') })
    }
  }
  for (const part of parts) walk(part)
  return found
}

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || /^[a-z-]+\/test\//.test(path)

/** Comments and their contents blanked out, so that words in them are no code. Strings stay. */
export const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[\s;,{}()])\/\/[^\n]*/g, '$1')
