// Compresses text as it streams: every chunk is flushed, so that a page's first part is not held back to its end.
import { Readable, type Transform } from 'node:stream'
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

export const compress = () =>
  createMiddleware(async (c, next) => {
    await next()
    const answer = c.res
    const accepted = c.req.header('Accept-Encoding') ?? ''
    const name = Object.keys(encoders).find((encoding) =>
      new RegExp(`\\b${encoding}\\b(?!;q=0(\\.0*)?(,|$))`).test(accepted),
    )
    const encoder = name && encoders[name]
    if (!encoder || !answer.body || c.req.method === 'HEAD' || answer.headers.has('Content-Encoding')) return
    if (!text.test(answer.headers.get('Content-Type') ?? '')) return
    const small = Number(answer.headers.get('Content-Length') ?? Number.POSITIVE_INFINITY) < 1024
    if (small) return
    const packed = Readable.fromWeb(answer.body as NodeReadableStream).pipe(encoder())
    // A visitor who leaves in the middle is no fault.
    packed.on('error', () => packed.destroy())
    const headers = new Headers(answer.headers)
    headers.set('Content-Encoding', name)
    headers.append('Vary', 'Accept-Encoding')
    headers.delete('Content-Length')
    c.res = undefined
    c.res = new Response(Readable.toWeb(packed) as ReadableStream, { status: answer.status, headers })
  })
