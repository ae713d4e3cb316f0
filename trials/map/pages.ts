// The pages of the map as patterns (`/orders/:number`), for trials that walk all of them. Reads the map, never a folder.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RouteConfigEntry } from '@remix-run/route-config'
import routes from '../../storefront/app/routes.ts'
import { house } from '../house/sources.ts'

export type MappedPage = { pattern: string; file: string; isLayout: boolean }

function pagesOf(entries: RouteConfigEntry[], base = ''): MappedPage[] {
  return entries.flatMap((entry) => {
    const pattern = `${base}${entry.path ? `/${entry.path}` : ''}`
    const isLayout = entry.path === undefined && !entry.index
    return [{ pattern: pattern || '/', file: entry.file, isLayout }, ...pagesOf(entry.children ?? [], pattern)]
  })
}

/** Every entry of the map, layouts too. */
export const mapped: MappedPage[] = pagesOf((await routes) as RouteConfigEntry[])

/** Whether a path (its query left out) is one of the pattern's. */
export function fits(pattern: string, url: string): boolean {
  const places = pattern.split('/')
  const steps = (url.split('?')[0] ?? '').split('/')
  return (
    places.length === steps.length && places.every((place, index) => place.startsWith(':') || place === steps[index])
  )
}

/** The pattern of `path`: one without a parameter before one with. */
export const patternOf = (path: string): string | undefined => {
  const found = mapped.filter(({ isLayout, pattern }) => !isLayout && fits(pattern, path)).map(({ pattern }) => pattern)
  return found.sort((a, b) => a.split(':').length - b.split(':').length)[0]
}

/** The patterns people see as a page: those whose file has one (others are files to download, or only redirect). */
export const seenPages: string[] = mapped
  .filter(({ isLayout, pattern }) => !isLayout && pattern !== '/*')
  .filter(({ file }) => /export default function/.test(readFileSync(join(house, 'storefront/app', file), 'utf8')))
  .map(({ pattern }) => pattern)
