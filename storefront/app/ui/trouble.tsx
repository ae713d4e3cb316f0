// What stands where a page could not be made: the rule's own words, else ours, and ways to go on. Never a fault's message.
import { isRouteErrorResponse, useLocation } from '@remix-run/react'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { RequestNumber } from '#app/ui/request-number.tsx'

type Said = { title: string; text: string }
const said: Record<number, Said> = {
  403: { title: 'This is not for your account', text: 'You are logged in, but this page needs other rights.' },
  404: {
    title: 'We cannot find that page',
    text: 'It may have moved or sold out. The search above knows everything we have.',
  },
  410: {
    title: 'We no longer sell this',
    text: 'It had its time here. The search above finds what we have instead.',
  },
  405: { title: 'That is not possible here', text: 'Please go back and use the buttons of the page.' },
  503: {
    title: 'One moment, please',
    text: 'This part of the shop is not available right now. Please try again in a minute.',
  },
}
const fault: Said = {
  title: 'Something went wrong',
  text: 'It is our fault, not yours, and nothing you did is lost. Please try again in a moment.',
}

function wordsFor(error: unknown): Said & { status: number } {
  const status = isRouteErrorResponse(error) ? error.status : 500
  return { status, ...(said[status] ?? fault) }
}

/** For a document's title. */
export const troubleTitle = (error: unknown): string => wordsFor(error).title

/** What went wrong, in plain words. A page that is only away for a moment can be asked for again. */
export function Trouble({ error }: { error: unknown }) {
  const { pathname, search } = useLocation()
  const { status, title, text } = wordsFor(error)
  // A rule's own words say more than ours, except "this was not found".
  const own =
    isRouteErrorResponse(error) && ![404, 410].includes(status) && typeof error.data === 'object'
      ? (error.data as { message?: string } | null)?.message
      : undefined
  const paying = status === 503 && pathname.startsWith(paths.checkout())
  return (
    <div className="page py-20 text-center">
      <p className="font-display text-lg text-muted">{status}</p>
      <h1 className="mt-2 text-2xl">{title}</h1>
      <p className="mx-auto mt-4 max-w-lg text-muted">{own ?? text}</p>
      {paying && <p className="mx-auto mt-2 max-w-lg text-muted">Your cart is kept, and nothing has been charged.</p>}
      <div className="mt-8 flex flex-wrap justify-center gap-3">
        {status === 503 && (
          <ButtonLink to={pathname + search} reloadDocument>
            Try again
          </ButtonLink>
        )}
        <ButtonLink to={paying ? paths.cart() : paths.home()} variant={status === 503 ? 'secondary' : 'primary'}>
          {paying ? 'Back to your cart' : 'Back to the shop'}
        </ButtonLink>
      </div>
      {![404, 410].includes(status) && <RequestNumber />}
    </div>
  )
}
