// JSON from strangers: its size, its depth, no name twice, no text that a database cannot hold. Pure but for the request.
import { createMiddleware } from 'hono/factory'
import { readBody } from '#app/http/parse.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import type { ApiEnv } from './context.ts'

const maxBytes = 100 * 1024
const maxDepth = 20

/** Reads the body once, strictly, for whoever looks at it afterwards. A request without one passes. */
export const readJson = () =>
  createMiddleware<ApiEnv>(async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD' || c.req.method === 'OPTIONS') return next()
    const bytes = await readBody(c.req.raw, maxBytes)
    const type = (c.req.header('Content-Type') ?? '').toLowerCase().split(';')[0]?.trim()
    if (bytes.length > 0 && type !== 'application/json')
      throw new DomainError('unsupported_media_type', 'Send JSON: Content-Type: application/json.')
    const text = decode(bytes)
    if (text !== '') inspect(text)
    Object.assign(c.req.bodyCache, { text: Promise.resolve(text) })
    return next()
  })

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw malformed('The body is not UTF-8.')
  }
}

/** Throws malformed_json for what is no JSON, holds a name twice or is too deep; validation_failed for unwritable text. */
export function inspect(text: string): void {
  try {
    JSON.parse(text)
  } catch {
    throw malformed('The body is not JSON.')
  }
  const open: (Set<string> | null)[] = []
  // It is well-formed: strings and brackets are all there is to look at. A string before a colon is a name.
  for (const [token, word, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') {
      if (open.push(token === '{' ? new Set() : null) > maxDepth)
        throw malformed(`More than ${maxDepth} levels are not read.`)
    } else if (token === '}' || token === ']') open.pop()
    else if (word) inspectWord(JSON.parse(word) as string, colon ? open.at(-1) : null)
  }
}

function inspectWord(word: string, names: Set<string> | null | undefined): void {
  if (word.includes('\0') || /\p{Cs}/u.test(word))
    throw new DomainError('validation_failed', 'A text holds a character that cannot be written.', {
      fields: { body: ['A text holds a character that cannot be written.'] },
    })
  if (!names) return
  if (names.has(word)) throw malformed(`The name “${word.slice(0, 40)}” stands there twice.`)
  if (word === '__proto__') throw malformed('The name “__proto__” is not read.')
  names.add(word)
}

const malformed = (message: string) => new DomainError('malformed_json', message)
