// One tax rate for staff, or a new one (`/admin/tax/new`).
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { tidyRegion } from '#app/domain/identity/address-rules.ts'
import { countryName, isCountry, listCountries } from '#app/domain/identity/countries.ts'
import { changeRate, createRate, getRate, removeRate } from '#app/domain/tax/staff-tax.server.ts'
import { type StaffTaxRate, type TaxInput, taxInput } from '#app/domain/tax/tax-input.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { type FormProblem, problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { typedPercent } from '#app/lib/typed.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CheckboxField, Field, PostForm, SelectField } from '#app/ui/form.tsx'
import { Breadcrumb, PageTitle } from '#app/ui/parts.tsx'

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'settings:write')
  const id = args.params.id ?? ''
  const rate = id === 'new' ? null : await answerLoader(() => getRate(id))
  return { rate, countries: listCountries(), title: rate ? titleOf(rate) : 'New tax rate' }
}

const titleOf = ({ country, region, category }: TaxInput): string =>
  `${[countryName(country), region].filter(Boolean).join(', ')}: ${category}`

const versioned = z.object({
  version: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
})

/** The region as addresses keep it: a code where the country has a list. */
function readForm(values: Record<string, string>): TaxInput {
  const input = parse(taxInput, values)
  const wrong = (field: string, message: string) =>
    new DomainError('validation_failed', 'Please check what you entered.', { fields: { [field]: [message] } })
  if (!isCountry(input.country)) throw wrong('country', 'Choose a country.')
  const region = input.region && tidyRegion(input.country, input.region)
  if (input.region && !region) throw wrong('region', `${countryName(input.country)} has no region of this name.`)
  return { ...input, region }
}

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'settings:write')
  const id = args.params.id ?? ''
  return answerPage(args, {
    save: async ({ values, visitor }) => {
      const input = readForm(values)
      const by = byVisitor(visitor)
      const saved =
        id === 'new' ? await createRate(input, by) : await changeRate({ ...input, ...parse(versioned, values), id }, by)
      return { to: paths.adminTaxRate(saved.id), flash: { kind: 'good', text: `${titleOf(saved)} is saved.` } }
    },
    remove: async ({ values, visitor }) => {
      await removeRate({ ...parse(versioned, values), id }, byVisitor(visitor))
      return { to: paths.adminTax(), flash: { kind: 'good', text: 'The rate is gone.' } }
    },
  })
}

export default function AdminTaxRate() {
  const { rate, countries, title } = useLoaderData<typeof loader>()
  const answer = useActionData()
  return (
    <>
      <Breadcrumb items={[{ name: 'Tax rates', to: paths.adminTax() }, { name: title }]} />
      <PageTitle title={title} />
      <RateFields key={rate?.version ?? 0} rate={rate} countries={countries} problem={problemOf(answer, 'save')} />
      {rate && (
        <section className="card mt-8 p-5">
          <h2 className="text-lg">Take it away</h2>
          <p className="mt-1 mb-3 text-muted">
            The next nearest rate applies to new orders; placed ones keep their tax.
          </p>
          <PostForm problem={problemOf(answer, 'remove')}>
            <input type="hidden" name="version" value={rate.version} />
            <Button variant="danger" name="intent" value="remove">
              Remove this rate
            </Button>
          </PostForm>
        </section>
      )}
    </>
  )
}

type FieldsProps = {
  rate: StaffTaxRate | null
  countries: { code: string; name: string }[]
  problem: FormProblem | undefined
}

function RateFields({ rate, countries, problem }: FieldsProps) {
  return (
    <PostForm problem={problem} className="card grid gap-5 p-5 sm:grid-cols-2">
      <input type="hidden" name="version" value={rate?.version ?? 0} />
      <SelectField label="Country" name="country" required defaultValue={rate?.country ?? 'IE'} problem={problem}>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      <Field
        label="State or province"
        name="region"
        optional
        maxLength={80}
        defaultValue={rate?.region ?? ''}
        hint="Empty: the whole country."
        problem={problem}
      />
      <Field
        label="Category of goods"
        name="category"
        required
        maxLength={40}
        list="categories"
        defaultValue={rate?.category ?? 'standard'}
        problem={problem}
      />
      <datalist id="categories">
        {['standard', 'reduced', 'zero', 'shipping'].map((category) => (
          <option key={category} value={category} />
        ))}
      </datalist>
      <Field
        label="Name on bills"
        name="name"
        required
        maxLength={60}
        defaultValue={rate?.name ?? 'VAT'}
        problem={problem}
      />
      <Field
        label="Rate in percent"
        name="rate"
        required
        inputMode="decimal"
        defaultValue={rate ? typedPercent(rate.rateBasisPoints) : ''}
        problem={problem}
      />
      <CheckboxField
        label="Prices contain it"
        hint="Else it comes on top at checkout."
        name="included"
        defaultChecked={rate?.includedInPrice ?? true}
        problem={problem}
        className="self-end"
      />
      <div className="sm:col-span-2">
        <Button name="intent" value="save">
          Save
        </Button>
      </div>
    </PostForm>
  )
}
