// Staff's list of tax rates: by place and category of goods.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { countryName } from '#app/domain/identity/countries.ts'
import { percentWords } from '#app/domain/promotions/coupon-rules.ts'
import { listRatesForStaff } from '#app/domain/tax/staff-tax.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState, PageTitle } from '#app/ui/parts.tsx'

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'settings:write')
  const rates = await answerLoader(() => listRatesForStaff())
  return { rates: rates.map((rate) => ({ ...rate, place: placeOf(rate) })) }
}

const placeOf = ({ country, region }: { country: string; region: string | null }): string =>
  [countryName(country), region].filter(Boolean).join(', ')

export default function AdminTax() {
  const { rates } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Tax rates">
        <ButtonLink to={paths.adminTaxRate('new')}>New rate</ButtonLink>
      </PageTitle>
      <p className="-mt-4 mb-6 max-w-2xl text-muted">
        The nearest rate applies: region and category first, then the country’s, then the standard rate, at last the one
        at home. Goods name their category; delivery’s is <em>shipping</em>.
      </p>
      {rates.length === 0 ? (
        <EmptyState
          title="No rates yet: everything is taxed as at home"
          action={{ to: paths.adminTaxRate('new'), label: 'Make the first rate' }}
        />
      ) : (
        <div className="card overflow-x-auto">
          <table className="w-full min-w-160 text-left">
            <caption className="px-4 pt-4 text-left text-sm text-muted">
              {rates.length} {rates.length === 1 ? 'rate' : 'rates'}
            </caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className="px-4 py-3 font-medium">Place</th>
                <th className="px-4 py-3 font-medium">Category</th>
                <th className="px-4 py-3 font-medium">Name</th>
                <th className="px-4 py-3 text-right font-medium">Rate</th>
                <th className="px-4 py-3 font-medium">Prices</th>
              </tr>
            </thead>
            <tbody>
              {rates.map((rate) => (
                <tr key={rate.id} className="border-b border-line last:border-0 hover:bg-sunk">
                  <td className="px-4 py-1">
                    <Link
                      to={paths.adminTaxRate(rate.id)}
                      className="flex min-h-11 items-center font-semibold hover:underline"
                    >
                      {rate.place}
                    </Link>
                  </td>
                  <td className="px-4 py-1">{rate.category}</td>
                  <td className="px-4 py-1">{rate.name}</td>
                  <td className="nums px-4 py-1 text-right">{percentWords(rate.rateBasisPoints)}</td>
                  <td className="px-4 py-1 text-muted">{rate.includedInPrice ? 'contain it' : 'come without it'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
