// Finds an address of every page by following links from where a visitor starts, as a person would: a page that no link
// leads to is not found. Asks by plain HTTP; who walks is told by the visitor's cookies.
import type { Visitor } from '../surface/visitor.ts'
import { patternOf, seenPages } from './pages.ts'

/** Links of a kind are followed a few times: one order may link to what another does not. */
const addressesPerPattern = 4

/** Pattern → an address that answers 200 for this visitor, for every pattern links lead to. */
export async function walk(visitor: Visitor, starts: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const followed = new Map<string, number>()
  const seen = new Set<string>()
  const queue = [...starts]
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const pattern = patternOf(path)
    const times = followed.get(pattern ?? '') ?? 0
    if (!pattern || !seenPages.includes(pattern) || seen.has(path) || times >= addressesPerPattern) continue
    seen.add(path)
    followed.set(pattern, times + 1)
    const answer = await visitor.get(path)
    if (answer.status !== 200) continue
    if (!found.has(pattern)) found.set(pattern, path)
    queue.push(...linksOf(answer.text))
  }
  return found
}

const linksOf = (html: string): string[] =>
  [...html.matchAll(/<a\b[^>]*\bhref="(\/[^"#]*)/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))
