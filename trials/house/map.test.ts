// The map (routes.ts), the links (paths.ts) and the files below routes/ are one thing told three times: here they are
// compared.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { paths } from '../../storefront/app/paths.ts'
import certificate from '../../storefront/app/routes/system/no-js.json' with { type: 'json' }
import { fits, mapped as pages, seenPages } from '../map/pages.ts'
import { house, listSources } from './sources.ts'

const patterns = pages.filter(({ isLayout, pattern }) => !isLayout && pattern !== '/*').map(({ pattern }) => pattern)
const linked = Object.entries(paths).map(([name, make]) => {
  const values = Array.from({ length: make.length }, (_, index) => `value${index}`)
  return { name, url: (make as (...given: string[]) => string)(...values) }
})

describe('the map', () => {
  it('has a page for every link', () => {
    for (const { name, url } of linked)
      expect(patterns.filter((pattern) => fits(pattern, url)).length, `paths.${name}() is ${url}`).toBeGreaterThan(0)
  })

  it('has a link for every page', () => {
    expect(patterns.filter((pattern) => !linked.some(({ url }) => fits(pattern, url)))).toEqual([])
  })

  it('names each URL once', () => {
    expect(patterns.filter((pattern, index) => patterns.indexOf(pattern) !== index)).toEqual([])
  })

  it('leads to files that are there, and every page file is on it', () => {
    for (const { file } of pages) expect(existsSync(join(house, 'storefront/app', file)), file).toBe(true)
    const files = listSources()
      .map(({ path }) => path)
      .filter((path) => path.startsWith('storefront/app/routes/') && path.endsWith('.tsx'))
    expect(files.filter((path) => !pages.some(({ file }) => `storefront/app/${file}` === path))).toEqual([])
  })
})

describe('the certificate of /no-js', () => {
  it('names every page of the map, each opened without JavaScript by a journey (npm run certify writes it)', () => {
    const { pages: certified } = certificate
    expect(certified.map(({ pattern }) => pattern).sort()).toEqual([...seenPages].sort())
    for (const { pattern, journeys } of certified) expect(journeys, pattern).not.toEqual([])
  })
})

describe('pages', () => {
  const page = listSources().filter(({ path }) => path.startsWith('storefront/app/routes/') && path.endsWith('.tsx'))
  const guards: Record<string, RegExp> = { admin: /\brequireStaff\(/, account: /\brequireUser\(/ }
  const atTheDoor =
    /\/(join-staff|log-in|log-in-code|log-out|sign-up|verify-email|forgot-password|reset-password)\.tsx$/

  /** The body of `export async function name`, up to the first line that closes it. */
  const bodyOf = (text: string, name: string) =>
    new RegExp(`export (?:async )?function ${name}\\b[\\s\\S]*?\\n}\\n`).exec(text)?.[0]

  it.each(Object.entries(guards))('of %s ask who is there in each loader and in each action', (folder, guard) => {
    const guarded = page.filter(({ path }) => path.includes(`/routes/${folder}/`) && !atTheDoor.test(path))
    expect(guarded.length).toBeGreaterThan(3)
    for (const { path, text } of guarded) {
      expect(bodyOf(text, 'loader'), `${path} has no loader`).toMatch(guard)
      if (/export (async )?function action|export const action/.test(text))
        expect(bodyOf(text, 'action'), `the action of ${path}`).toMatch(guard)
    }
  })

  it('never send a form by PUT or DELETE, and never put HTML in by hand', () => {
    for (const { path, text } of listSources().filter((source) => source.path.startsWith('storefront/app/'))) {
      expect(text, path).not.toMatch(/method=["'{]+(put|patch|delete)/i)
      if (path !== 'storefront/app/ui/json-ld.tsx') expect(text, path).not.toMatch(/dangerouslySetInnerHTML=/)
    }
  })
})
