// Renders a page to a stream; the nonce of the response's Content-Security-Policy goes into every script.
import { PassThrough } from 'node:stream'
import { createReadableStreamFromReadable, type EntryContext, type HandleErrorFunction } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import type { RequestContext } from '#app/http/session.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { log } from '#app/lib/log.server.ts'
import { NonceContext } from '#app/ui/nonce.ts'
import { RequestNumberContext } from '#app/ui/request-number.tsx'

export const streamTimeout = 5_000

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: RequestContext,
): Promise<Response> {
  // A crawler gets the whole page at once; people get the first part as soon as it is there.
  const ready = isbot(request.headers.get('User-Agent') ?? '') ? 'onAllReady' : 'onShellReady'
  tellWhenToTryAgain(remixContext, headers)
  return new Promise((resolve, reject) => {
    let shellSent = false
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={context.nonce}>
        <RequestNumberContext.Provider value={context.requestId}>
          <RemixServer context={remixContext} url={request.url} abortDelay={streamTimeout} nonce={context.nonce} />
        </RequestNumberContext.Provider>
      </NonceContext.Provider>,
      {
        nonce: context.nonce,
        [ready]() {
          shellSent = true
          const body = new PassThrough()
          headers.set('Content-Type', 'text/html; charset=utf-8')
          resolve(new Response(createReadableStreamFromReadable(body), { status, headers }))
          pipe(body)
        },
        onShellError: reject,
        onError(error: unknown) {
          if (shellSent) log.error({ err: error, requestId: context.requestId }, 'a page failed while streaming')
        },
      },
    )
    setTimeout(abort, streamTimeout + 1_000)
  })
}

/** Remix drops the headers of an action's refusal unless each page passes them on; this one must reach the visitor. */
function tellWhenToTryAgain({ staticHandlerContext }: EntryContext, headers: Headers): void {
  for (const sent of Object.values(staticHandlerContext.actionHeaders)) {
    const seconds = sent.get('Retry-After')
    if (seconds) headers.set('Retry-After', seconds)
  }
}

export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted || isDomainError(error)) return
  // A rule's refusal (404, 403 …) is an answer, no fault; strangers could fill the log with it.
  if (isRouteErrorResponse(error) && error.status < 500) return
  log.error({ err: error, requestId: context.requestId, path: new URL(request.url).pathname }, 'a page failed')
}
