// The no-JavaScript certificate: which pages a real browser opened with JavaScript switched off, at which commit. Says
// only what the trials wrote into no-js.json (npm run certify).
import type { MetaFunction } from '@remix-run/react'
import { paths } from '#app/paths.ts'
import { pageMeta } from '#app/ui/page-meta.ts'
import written from './no-js.json' with { type: 'json' }

type Certificate = { commit: string; date: string; browser: string; pages: { pattern: string; journeys: string[] }[] }

const certificate: Certificate = written

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, {
    title: 'Works without JavaScript',
    description: 'Every page of this shop, proven to work in a browser with JavaScript switched off.',
    path: paths.noJs(),
  })

const rooms = [
  { title: 'The shop', fits: (pattern: string) => !/^\/(account|admin|checkout|orders|cart)/.test(pattern) },
  { title: 'Cart, checkout and orders', fits: (pattern: string) => /^\/(checkout|orders|cart)/.test(pattern) },
  { title: 'The account', fits: (pattern: string) => pattern.startsWith('/account') },
  { title: 'Admin', fits: (pattern: string) => pattern.startsWith('/admin') },
]

export default function NoJsPage() {
  const { commit, date, browser, pages } = certificate
  return (
    <div className="page max-w-4xl">
      <h1 className="pt-10 text-3xl">This shop works without JavaScript</h1>
      <p className="mt-4 text-lg">
        All {pages.length} pages were opened by {browser} with JavaScript switched off, and the journeys below were made
        there from end to end: on <time dateTime={date}>{date}</time>, at commit <code>{commit}</code>. With JavaScript
        the same pages answer faster; they do not do more.
      </p>
      {rooms.map((room) => (
        <section key={room.title} className="mt-10">
          <h2 className="text-2xl">{room.title}</h2>
          <ul className="mt-4 divide-y divide-line border-y border-line">
            {pages
              .filter(({ pattern }) => room.fits(pattern))
              .map(({ pattern, journeys }) => (
                <li key={pattern} className="py-3">
                  <details>
                    <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-x-4">
                      <code className="mr-auto break-all">{pattern}</code>
                      <span className="text-good">Works</span>
                      <span className="text-sm text-muted">
                        {journeys.length} {journeys.length === 1 ? 'journey' : 'journeys'}
                      </span>
                    </summary>
                    <ul className="list-disc pb-2 pl-6 text-muted">
                      {journeys.map((journey) => (
                        <li key={journey}>{journey}</li>
                      ))}
                    </ul>
                  </details>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
