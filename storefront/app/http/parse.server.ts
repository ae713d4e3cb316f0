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
/** A picture of 5 MB and the form around it. */
const maxUpload = 5 * 1024 * 1024 + 64 * 1024

/** What a page takes beyond plain forms; only staff's pages do. */
export type FormLimits = {
  /** Forms with a file (multipart/form-data), the file in `file`, 5 MB at most. */
  upload?: boolean
  /** More fields than people fill in: a table of many rows. */
  fields?: number
}

/**
 * Reads a form post after asking where it came from: `Origin` and `Sec-Fetch-Site` must be ours when sent, and the form's
 * token must be the visitor's (OWASP ASVS 5.0 3.5.1). A field sent twice is refused, except `name[]`, joined by newlines.
 */
export async function readPost({ request, context }: Args, limits: FormLimits = {}): Promise<Post> {
  if (request.method !== 'POST') throw new DomainError('method_not_allowed', 'Only POST is taken here.')
  if (isFromElsewhere(request)) throw new DomainError('csrf_failed', 'This form was sent from another site.')
  const visitor = await context.visitor()
  const form = await readForm(request, limits)
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

async function readForm(request: Request, { upload = false, fields = maxFields }: FormLimits): Promise<FormData> {
  const type = (request.headers.get('Content-Type') ?? '').toLowerCase().split(';')[0]?.trim()
  const hasFile = upload && type === 'multipart/form-data'
  if (type !== 'application/x-www-form-urlencoded' && !hasFile)
    throw new DomainError('unsupported_media_type', 'Only forms are taken here.')
  const body = await readBody(request, hasFile ? maxUpload : maxForm)
  const form = await new Response(body, { headers: { 'Content-Type': request.headers.get('Content-Type') ?? '' } })
    .formData()
    .catch(() => {
      throw new DomainError('validation_failed', 'The form could not be read.')
    })
  if ([...form.keys()].length > fields) throw tooLarge()
  return form
}

const unwritable = 'This holds a character that cannot be written.'

/** The one file of a form, or null when none was chosen. Throws payload_too_large, validation_failed for several. */
export function fileOf(form: FormData): File | null {
  const files = form.getAll('file').filter((value): value is File => typeof value !== 'string')
  if (files.length > 1) throw new DomainError('validation_failed', 'One picture at a time, please.')
  const [file] = files
  if (!file || file.size === 0) return null
  if (file.size > 5 * 1024 * 1024) throw new DomainError('payload_too_large', 'A picture may have 5 MB at most.')
  return file
}

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

/** Values are cut here; a page mark holds the title where the page ended, and is useless when cut. */
const longest = (name: string) => (name === 'cursor' ? 1_000 : 500)

/** A page's query, one value a name; what does not fit falls back to the schema's own defaults (`catch`). */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, request: Request): z.output<Schema> {
  const query: Record<string, string> = Object.create(null)
  for (const [key, value] of new URL(request.url).searchParams)
    if (!(key in query)) query[key] = value.replaceAll('\0', '').slice(0, longest(key))
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
