// From a request to trusted values: where a form post may come from, how big it may be, and what shape it has.
import type { z } from 'zod'
import { env, isProduction } from '#app/env.server.ts'
import { isSealed } from '#app/http/cookies.server.ts'
import type { Args, Visitor } from '#app/http/session.server.ts'
import { DomainError } from '#app/lib/errors.ts'

export type Post = { values: Record<string, string>; intent: string; visitor: Visitor; form: FormData }

const maxForm = 256 * 1024
const maxField = 16 * 1024
const maxFields = 400
/** Uploads of pictures are the only larger bodies. */
const maxUpload = 6 * 1024 * 1024

/**
 * Reads a form post after asking where it came from: `Origin` and `Sec-Fetch-Site` must be ours when sent, and the form's
 * token must be the visitor's (OWASP ASVS 5.0 3.5.1). A field sent twice is refused, except `name[]`, joined by newlines.
 */
export async function readPost({ request, context }: Args): Promise<Post> {
  if (request.method !== 'POST') throw new DomainError('method_not_allowed', 'Only POST is taken here.')
  if (isFromElsewhere(request)) throw new DomainError('csrf_failed', 'This form was sent from another site.')
  const visitor = await context.visitor()
  const form = await readForm(request)
  const token = form.get('csrf')
  if (typeof token !== 'string' || !isSealed('csrf', visitor.sid, token))
    throw new DomainError('csrf_failed', 'This form has expired. Please go back, reload the page and send it again.')
  const values: Record<string, string> = Object.create(null)
  for (const [key, value] of form) {
    if (typeof value !== 'string' || key === 'csrf') continue
    if (value.length > maxField) throw tooLarge()
    // Postgres keeps no NUL in text; what a rule does not refuse would be a fault there.
    if (value.includes('\0'))
      throw new DomainError('validation_failed', 'Please check what you entered.', { fields: { [key]: [unwritable] } })
    if (key in values && !key.endsWith('[]'))
      throw new DomainError('validation_failed', `“${key.slice(0, 40)}” was sent twice.`)
    values[key] = key in values ? `${values[key]}\n${value}` : value
  }
  return { values, intent: values.intent ?? 'default', visitor, form }
}

/** Whether the browser says that another site sent this; one that says nothing is not from elsewhere. */
export function isFromElsewhere(request: Request): boolean {
  const site = request.headers.get('Sec-Fetch-Site')
  const origin = request.headers.get('Origin')
  const ours = [env().STOREFRONT_ORIGIN, ...(isProduction() ? [] : [new URL(request.url).origin])]
  return Boolean((site && site !== 'same-origin' && site !== 'none') || (origin && !ours.includes(origin)))
}

async function readForm(request: Request): Promise<FormData> {
  const type = (request.headers.get('Content-Type') ?? '').toLowerCase().split(';')[0]?.trim()
  if (type !== 'application/x-www-form-urlencoded' && type !== 'multipart/form-data')
    throw new DomainError('unsupported_media_type', 'Only forms are taken here.')
  const body = await readBody(request, type === 'multipart/form-data' ? maxUpload : maxForm)
  const form = await new Response(body, { headers: { 'Content-Type': request.headers.get('Content-Type') ?? '' } })
    .formData()
    .catch(() => {
      throw new DomainError('validation_failed', 'The form could not be read.')
    })
  if ([...form.keys()].length > maxFields) throw tooLarge()
  return form
}

const unwritable = 'This holds a character that cannot be written.'

/** The body's bytes, counted as they come: Content-Length may lie or be missing. */
export async function readBody(request: Request, max: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  if (!request.body) return new Uint8Array()
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > max) throw tooLarge()
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

const tooLarge = () => new DomainError('payload_too_large', 'That is more than this form takes.')

/** `values` as `schema` wants them, or `validation_failed` with a message a field. */
export function parse<Schema extends z.ZodType>(schema: Schema, values: unknown): z.output<Schema> {
  const parsed = schema.safeParse(values)
  if (parsed.success) return parsed.data
  const fields: Record<string, string[]> = {}
  for (const issue of parsed.error.issues) {
    const field = issue.path.join('.') || 'form'
    fields[field] = [...(fields[field] ?? []), issue.message]
  }
  throw new DomainError('validation_failed', 'Please check what you entered.', { fields })
}

/** A page's query, one value a name; what does not fit falls back to the schema's own defaults (`catch`). */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, request: Request): z.output<Schema> {
  const query: Record<string, string> = Object.create(null)
  for (const [key, value] of new URL(request.url).searchParams)
    if (!(key in query)) query[key] = value.replaceAll('\0', '').slice(0, 500)
  return parse(schema, query)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unsafe = /[\u0000-\u001f\\\u007f]/

/** `to` when it is a path of this shop, else `fallback`: never another origin (OWASP ASVS 5.0 3.7.2). */
export function safeRedirect(to: string | null | undefined, fallback: string): string {
  if (!to || to.length > 2000 || unsafe.test(to) || !/^\/(?!\/)/.test(to)) return fallback
  const base = 'http://shop.invalid'
  if (!URL.canParse(to, base)) return fallback
  const url = new URL(to, base)
  const path = url.pathname + url.search + url.hash
  // `/.//evil.example` is a path of ours until its dots are taken out: what is answered is what must be safe.
  return url.origin === base && !path.startsWith('//') ? path : fallback
}
