// The shopkeeper's synonyms: what people type and what else is looked for then.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { adminListSynonyms } from '#app/domain/catalog/staff/finding.server.ts'
import { can } from '#app/domain/identity/roles.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Breadcrumb, EmptyState, PageTitle } from '#app/ui/parts.tsx'

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'products:read')
  return { items: await answerLoader(adminListSynonyms), mayWrite: can(role, 'products:write') }
}

export default function AdminSynonyms() {
  const { items, mayWrite } = useLoaderData<typeof loader>()
  const toNew = paths.adminSynonym('new')
  return (
    <>
      <Breadcrumb items={[{ name: 'Finding things', to: paths.adminFinding() }, { name: 'Synonyms' }]} />
      <PageTitle title="Synonyms">{mayWrite && <ButtonLink to={toNew}>New synonym</ButtonLink>}</PageTitle>
      {items.length === 0 ? (
        <EmptyState title="There are no synonyms yet" action={mayWrite ? { to: toNew, label: 'Add one' } : undefined}>
          <p>Who types “couch” finds your sofas then.</p>
        </EmptyState>
      ) : (
        <div className="card overflow-x-auto">
          <table className="w-full min-w-120 text-left">
            <caption className="px-4 pt-4 text-left text-sm text-muted">
              {items.length} {items.length === 1 ? 'synonym' : 'synonyms'}; the next search knows them
            </caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className="px-4 py-3 font-medium">Who types</th>
                <th className="px-4 py-3 font-medium">Also finds</th>
                <th className="px-4 py-3 font-medium">Works</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ id, typed, means, twoWay }) => (
                <tr key={id} className="border-b border-line last:border-0 hover:bg-sunk">
                  <td className="px-4 py-1">
                    <Link
                      to={paths.adminSynonym(id)}
                      className="inline-flex min-h-11 items-center font-semibold hover:underline"
                    >
                      {typed}
                    </Link>
                  </td>
                  <td className="px-4 py-1">{means.join(', ')}</td>
                  <td className="px-4 py-1 text-muted">{twoWay ? 'both ways' : 'one way'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
