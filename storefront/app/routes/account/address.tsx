// One address, new or old: `/account/addresses/new` adds one. The country decides what the form asks for.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useState } from 'react'
import { addressGuide } from '#app/domain/identity/address-rules.ts'
import {
  addressInput,
  createAddress,
  getAddress,
  listAddresses,
  updateAddress,
} from '#app/domain/identity/addresses.server.ts'
import { listCountries } from '#app/domain/identity/countries.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse, safeRedirect } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireUser } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { CheckboxField, Field, PostForm, SelectField } from '#app/ui/form.tsx'
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
    fullName: address?.fullName ?? user.name,
    country: known?.country ?? 'IE',
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
  const { address, next, first, fullName, country, countries, guide } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  const [chosen, setChosen] = useState(problem?.values.country ?? country)
  const rules = guide[chosen]
  const text = { problem, maxLength: 120 }
  return (
    <>
      <PageTitle title={address ? 'Change an address' : 'Add an address'} />
      <PostForm problem={problem} className="card grid max-w-2xl gap-5 p-6 sm:grid-cols-2 sm:p-8">
        <input type="hidden" name="next" value={next} />
        <SelectField
          {...{ label: 'Country', name: 'country', autoComplete: 'country', required: true, problem }}
          className="sm:col-span-2"
          defaultValue={country}
          onChange={(event) => setChosen(event.target.value)}
        >
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
        <Field {...text} label="Full name" name="fullName" autoComplete="name" required defaultValue={fullName} />
        <Field
          {...text}
          label="Company"
          name="company"
          autoComplete="organization"
          optional
          defaultValue={address?.company ?? ''}
        />
        <Field
          {...{ label: 'Street and number', name: 'line1', autoComplete: 'address-line1', required: true, problem }}
          maxLength={200}
          className="sm:col-span-2"
          defaultValue={address?.line1}
        />
        <Field
          {...{ label: 'Flat, floor, building', name: 'line2', autoComplete: 'address-line2', optional: true, problem }}
          maxLength={200}
          className="sm:col-span-2"
          defaultValue={address?.line2 ?? ''}
        />
        <Field
          {...{ label: 'Postcode', name: 'postcode', autoComplete: 'postal-code', problem }}
          maxLength={20}
          optional={!rules?.postcode}
          hint={rules?.postcode && `Like ${rules.postcode}`}
          defaultValue={address?.postcode ?? ''}
        />
        <Field
          {...text}
          label="Town or city"
          name="city"
          autoComplete="address-level2"
          required
          defaultValue={address?.city}
        />
        <Field
          {...text}
          label="State, province or region"
          name="region"
          autoComplete="address-level1"
          list={rules?.regions.length ? 'regions' : undefined}
          optional={!rules?.region}
          defaultValue={address?.region ?? ''}
        />
        <Field
          {...text}
          label="Phone"
          name="phone"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          optional
          defaultValue={address?.phone ?? ''}
        />
        <datalist id="regions">
          {rules?.regions.map(({ code, name }) => (
            <option key={code} value={name} />
          ))}
        </datalist>
        {!first && (
          <div className="space-y-3 sm:col-span-2">
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
        <div className="flex flex-wrap gap-3 sm:col-span-2">
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
