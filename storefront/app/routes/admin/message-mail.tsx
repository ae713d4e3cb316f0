// The mail of a preview by itself: HTML that the notifier drew, under a policy of its own. It may show the shop's pictures
// and its own styles, and nothing else: no form, no origin, framed only by the shop. The policy lets no script run; the
// sandbox alone leaves them on, because a frame where they are off cannot be looked at by accessibility checkers.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { previewMessage } from '#app/domain/messages/preview.server.ts'
import { env } from '#app/env.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { requireStaff } from '#app/http/session.server.ts'

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'orders:read')
  const order = (new URL(args.request.url).searchParams.get('order') ?? '').trim().toUpperCase().slice(0, 40)
  const { html } = await answerLoader(() => previewMessage(args.params.topic ?? '', order))
  return new Response(html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; img-src ${env().STOREFRONT_ORIGIN} data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
      'X-Frame-Options': 'SAMEORIGIN',
      'Cache-Control': 'private, no-store',
    },
  })
}
