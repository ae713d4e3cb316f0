// Finding things: what people searched for in vain, what they search most, and whether searches find what they should.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import {
  adminListExpectations,
  adminListSearches,
  adminListSynonyms,
  type CountedSearches,
} from '#app/domain/catalog/staff/finding.server.ts'
import { can } from '#app/domain/identity/roles.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Notice, PageTitle } from '#app/ui/parts.tsx'

const query = z.object({
  days: z.coerce
    .number()
    .pipe(z.literal([7, 30, 90]))
    .catch(30)
    .default(30),
})

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'products:read')
  const { days } = parseQuery(query, args.request)
  return answerLoader(async () => {
    const [searches, synonyms, expectations] = await Promise.all([
      adminListSearches(days),
      adminListSynonyms(),
      adminListExpectations(),
    ])
    return {
      days,
      searches,
      synonyms: synonyms.length,
      expectations: expectations.length,
      failing: expectations.filter(({ met }) => !met).length,
      mayWrite: can(role, 'products:write'),
    }
  })
}

export default function AdminFinding() {
  const { days, searches, synonyms, expectations, failing, mayWrite } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Finding things">
        <span className="flex flex-wrap gap-3">
          <ButtonLink variant="secondary" to={paths.adminSynonyms()}>
            Synonyms <span className="nums font-normal">{synonyms}</span>
          </ButtonLink>
          <ButtonLink variant="secondary" to={paths.adminExpectations()}>
            Expectations <span className="nums font-normal">{expectations}</span>
          </ButtonLink>
        </span>
      </PageTitle>
      {failing > 0 && (
        <Notice kind="bad">
          <Link to={paths.adminExpectations()} className="underline">
            {failing === 1 ? 'One search does' : `${failing} searches do`} not find what you expect.
          </Link>
        </Notice>
      )}
      <Form className="my-6 flex flex-wrap items-end gap-3" aria-label="Time">
        <label>
          <span className="mb-1 block text-sm font-semibold">Of the last</span>
          <select name="days" defaultValue={days} className="field">
            <option value="7">7 days</option>
            <option value="30">30 days</option>
            <option value="90">90 days</option>
          </select>
        </label>
        <Button variant="secondary">Show</Button>
      </Form>
      <div className="grid gap-8 xl:grid-cols-2">
        <Missed items={searches.missed} mayWrite={mayWrite} />
        <Frequent items={searches.frequent} />
      </div>
      <p className="mt-8 max-w-2xl text-sm text-muted">
        Only words and days are counted, never who searched. What looks like an e-mail address, an order or a long
        number is left out. Counts older than 90 days are deleted.
      </p>
    </>
  )
}

type Counted = CountedSearches['missed']
const head = 'px-4 py-3 font-medium'

function Missed({ items, mayWrite }: { items: Counted; mayWrite: boolean }) {
  return (
    <section aria-labelledby="missed">
      <h2 id="missed" className="mb-3 text-xl">
        Found nothing
      </h2>
      {items.length === 0 ? (
        <p className="card p-6 text-muted">Every search of these days would find something now.</p>
      ) : (
        <div className="card overflow-hidden">
          <table className="w-full text-left">
            <caption className="sr-only">Searches that find nothing</caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className={head}>Typed</th>
                <th className={`${head} text-right`}>Times</th>
                {mayWrite && (
                  <th className={head}>
                    <span className="sr-only">What to do</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {items.map(({ query, missed }) => (
                <tr key={query} className="border-b border-line last:border-0 hover:bg-sunk">
                  <td className="px-4 py-1 wrap-anywhere">
                    <bdi>{query}</bdi>
                  </td>
                  <td className="nums px-4 py-1 text-right">{missed}</td>
                  {mayWrite && (
                    <td className="px-4 py-1 text-right">
                      <Link
                        to={paths.adminSynonym('new', { typed: query })}
                        className="link inline-flex min-h-11 items-center whitespace-nowrap"
                      >
                        Add a synonym<span className="sr-only"> for {query}</span>
                      </Link>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Frequent({ items }: { items: Counted }) {
  return (
    <section aria-labelledby="frequent">
      <h2 id="frequent" className="mb-3 text-xl">
        Searched most
      </h2>
      {items.length === 0 ? (
        <p className="card p-6 text-muted">Nobody has searched in these days.</p>
      ) : (
        <div className="card overflow-hidden">
          <table className="w-full text-left">
            <caption className="sr-only">The most frequent searches</caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className={head}>Typed</th>
                <th className={`${head} text-right`}>Times</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ query, searches }) => (
                <tr key={query} className="border-b border-line last:border-0 hover:bg-sunk">
                  <td className="px-4 py-1 wrap-anywhere">
                    <Link to={paths.search({ q: query })} className="inline-flex min-h-11 items-center hover:underline">
                      <bdi>{query}</bdi>
                    </Link>
                  </td>
                  <td className="nums px-4 py-1 text-right">{searches}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
