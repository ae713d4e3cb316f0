// Compresses text as it streams: every chunk is flushed, so that a page's first part is not held back to its end.
import { pipeline, Readable, type Transform } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'
import { createMiddleware } from 'hono/factory'

const text = /^(text\/|application\/(json|problem\+json|javascript|xml|manifest\+json)|image\/svg)/

const encoders: Record<string, () => Transform> = {
  br: () =>
    createBrotliCompress({
      flush: constants.BROTLI_OPERATION_FLUSH,
      params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
    }),
  gzip: () => createGzip({ flush: constants.Z_SYNC_FLUSH, level: 6 }),
}

/** The encoding a visitor weighs highest, ours first among equals; `*` speaks for what is not named (RFC 9110 12.5.3). */
function chosenBy(acceptEncoding: string): string | undefined {
  const weights = new Map<string, number>()
  for (const part of acceptEncoding.slice(0, 1000).split(',')) {
    const [name = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase())
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    weights.set(name, q ? Number(q.slice(2)) || 0 : 1)
  }
  const weightOf = (name: string) => weights.get(name) ?? weights.get('*') ?? 0
  return Object.keys(encoders)
    .filter((name) => weightOf(name) > 0)
    .sort((a, b) => weightOf(b) - weightOf(a))[0]
}

export const compress = () =>
  createMiddleware(async (c, next) => {
    await next()
    const answer = c.res
    if (!text.test(answer.headers.get('Content-Type') ?? '')) return
    // A cache must know that this address has packed and unpacked answers, also when it is handed the unpacked one.
    if (!/\baccept-encoding\b/i.test(answer.headers.get('Vary') ?? '')) answer.headers.append('Vary', 'Accept-Encoding')
    const name = chosenBy(c.req.header('Accept-Encoding') ?? '')
    const encoder = name && encoders[name]
    if (!encoder || !answer.body || c.req.method === 'HEAD' || answer.headers.has('Content-Encoding')) return
    const small = Number(answer.headers.get('Content-Length') ?? Number.POSITIVE_INFINITY) < 1024
    if (small || answer.headers.has('Content-Range')) return
    const packed = encoder()
    // A visitor who leaves, or a page that breaks in the middle, ends both ends and breaks the answer off; neither may
    // end the process.
    pipeline(Readable.fromWeb(answer.body as NodeReadableStream), packed, () => undefined)
    const headers = new Headers(answer.headers)
    headers.set('Content-Encoding', name)
    headers.delete('Content-Length')
    c.res = undefined
    c.res = new Response(Readable.toWeb(packed) as ReadableStream, { status: answer.status, headers })
  })
