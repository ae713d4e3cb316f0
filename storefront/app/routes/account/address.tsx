// One address, new or old: `/account/addresses/new` adds one. The country decides what the form asks for.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { addressGuide } from '#app/domain/identity/address-rules.ts'
import {
  addressInput,
  createAddress,
  getAddress,
  listAddresses,
  updateAddress,
} from '#app/domain/identity/addresses.server.ts'
import { listCountries } from '#app/domain/identity/countries.ts'
import { homeCountry } from '#app/domain/tax/tax-rules.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse, safeRedirect } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireUser } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { AddressFields } from '#app/ui/address-fields.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { CheckboxField, PostForm } from '#app/ui/form.tsx'
import { PageTitle } from '#app/ui/parts.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.address ? 'Change an address' : 'Add an address'} · Highstreet` },
  { name: 'robots', content: 'noindex' },
]

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireUser(args)
  const id = args.params.id ?? 'new'
  const address = id === 'new' ? null : await answerLoader(() => getAddress(user.id, id))
  const [known] = address ? [address] : await listAddresses(user.id)
  const next = safeRedirect(new URL(args.request.url).searchParams.get('next'), '')
  return {
    address,
    next,
    first: !known,
    start: address ?? { fullName: user.name, country: known?.country ?? homeCountry },
    countries: listCountries(),
    guide: addressGuide(),
  }
}

export async function action(args: ActionFunctionArgs) {
  const user = await requireUser(args)
  const addressId = args.params.id ?? 'new'
  return answerPage(args, {
    save: async ({ values, visitor }) => {
      const { intent, next, ...typed } = values
      const input = { ...parse(addressInput, typed), userId: user.id }
      if (addressId === 'new') await createAddress(input, byVisitor(visitor))
      else await updateAddress({ ...input, addressId }, byVisitor(visitor))
      return { to: safeRedirect(next, paths.addresses()), flash: { kind: 'good', text: 'The address is saved.' } }
    },
  })
}

export default function AddressPage() {
  const { address, next, first, start, countries, guide } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  return (
    <>
      <PageTitle title={address ? 'Change an address' : 'Add an address'} />
      <PostForm problem={problem} className="card max-w-2xl space-y-6 p-6 sm:p-8">
        <input type="hidden" name="next" value={next} />
        <AddressFields
          section="shipping"
          address={start}
          countries={countries}
          guide={guide}
          problem={problem}
          required
        />
        {!first && (
          <div className="space-y-3">
            <CheckboxField
              label="Deliver my orders here"
              name="isDefaultShipping"
              problem={problem}
              defaultChecked={address?.isDefaultShipping}
            />
            <CheckboxField
              label="Send my bills here"
              name="isDefaultBilling"
              problem={problem}
              defaultChecked={address?.isDefaultBilling}
            />
          </div>
        )}
        <div className="flex flex-wrap gap-3">
          <Button name="intent" value="save">
            Save address
          </Button>
          <ButtonLink to={next || paths.addresses()} variant="secondary">
            Cancel
          </ButtonLink>
        </div>
      </PostForm>
    </>
  )
}
