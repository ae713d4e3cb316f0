// Staff's list of ways of delivery: where to, for how much, how heavy.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { countryName } from '#app/domain/identity/countries.ts'
import { kilograms } from '#app/domain/shipping/shipping-rules.ts'
import { listMethodsForStaff } from '#app/domain/shipping/staff-shipping.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { formatMoney } from '#app/lib/money.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Money } from '#app/ui/money.tsx'
import { EmptyState, PageTitle, StatusBadge } from '#app/ui/parts.tsx'

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'settings:write')
  const methods = await answerLoader(() => listMethodsForStaff())
  return { methods: methods.map((method) => ({ ...method, places: placesOf(method.countries) })) }
}

const placesOf = (countries: string[]): string =>
  countries.length > 3 ? `${countries.length} countries` : countries.map(countryName).join(', ')

export default function AdminShipping() {
  const { methods } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Ways of delivery">
        <ButtonLink to={paths.adminShippingMethod('new')}>New way of delivery</ButtonLink>
      </PageTitle>
      {methods.length === 0 ? (
        <EmptyState
          title="Nothing can be delivered yet"
          action={{ to: paths.adminShippingMethod('new'), label: 'Make the first way' }}
        />
      ) : (
        <div className="card overflow-x-auto">
          <table className="w-full min-w-180 text-left">
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className="px-4 py-3 font-medium">Name</th>
                <th className="px-4 py-3 font-medium">To</th>
                <th className="px-4 py-3 text-right font-medium">Price</th>
                <th className="px-4 py-3 font-medium">Weight</th>
                <th className="px-4 py-3 text-right font-medium">Free from</th>
                <th className="px-4 py-3 font-medium">State</th>
              </tr>
            </thead>
            <tbody>
              {methods.map((method) => (
                <tr key={method.id} className="border-b border-line last:border-0 hover:bg-sunk">
                  <td className="px-4 py-2">
                    <Link
                      to={paths.adminShippingMethod(method.id)}
                      className="flex min-h-11 flex-col justify-center font-semibold hover:underline"
                    >
                      {method.name}
                      <span className="text-sm font-normal text-muted">{method.code}</span>
                    </Link>
                  </td>
                  <td className="px-4 py-2">{method.places}</td>
                  <td className="nums px-4 py-2 text-right">
                    <Money minor={method.priceMinor} currency={method.currency} />
                  </td>
                  <td className="nums px-4 py-2 text-sm text-muted">{weightWords(method)}</td>
                  <td className="nums px-4 py-2 text-right">
                    {method.freeFromMinor === null ? (
                      '–'
                    ) : (
                      <Money minor={method.freeFromMinor} currency={method.currency} />
                    )}
                  </td>
                  <td className="px-4 py-2">
                    <StatusBadge tone={method.active ? 'good' : 'info'}>
                      {method.active ? 'Offered' : 'Off'}
                    </StatusBadge>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

type Method = ReturnType<typeof useLoaderData<typeof loader>>['methods'][number]

function weightWords({ includedGrams, pricePerKgMinor, maxGrams, currency }: Method): string {
  const words = [
    ...(pricePerKgMinor > 0
      ? [`above ${kilograms(includedGrams)}: ${formatMoney(pricePerKgMinor, currency)} a kg`]
      : []),
    ...(maxGrams === null ? [] : [`up to ${kilograms(maxGrams)}`]),
  ]
  return words.length > 0 ? words.join(', ') : 'any'
}
