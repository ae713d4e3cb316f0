// One way of delivery for staff, or a new one (`/admin/shipping/new`): where to, price, weight, free from.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { isCountry, listCountries } from '#app/domain/identity/countries.ts'
import { type StaffShippingMethod, shippingInput } from '#app/domain/shipping/shipping-input.ts'
import { changeMethod, createMethod, getMethod, removeMethod } from '#app/domain/shipping/staff-shipping.server.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { type FormProblem, problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { shopCurrency } from '#app/lib/money.ts'
import { typedKilograms, typedMoney } from '#app/lib/typed.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CheckboxField, Field, fieldId, PostForm } from '#app/ui/form.tsx'
import { Breadcrumb, PageTitle } from '#app/ui/parts.tsx'

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'settings:write')
  const id = args.params.id ?? ''
  const method = id === 'new' ? null : await answerLoader(() => getMethod(id))
  return { method, countries: listCountries() }
}

const versioned = z.object({
  version: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
})

function readForm(values: Record<string, string>) {
  const input = parse(shippingInput, values)
  if (input.countries.every(isCountry)) return input
  const message = 'Choose from the list.'
  throw new DomainError('validation_failed', 'Please check what you entered.', { fields: { 'countries[]': [message] } })
}

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'settings:write')
  const id = args.params.id ?? ''
  return answerPage(args, {
    save: async ({ values, visitor }) => {
      const input = readForm(values)
      const by = byVisitor(visitor)
      const saved =
        id === 'new'
          ? await createMethod(input, by)
          : await changeMethod({ ...input, ...parse(versioned, values), id }, by)
      return { to: paths.adminShippingMethod(saved.id), flash: { kind: 'good', text: `${saved.name} is saved.` } }
    },
    remove: async ({ values, visitor }) => {
      await removeMethod({ ...parse(versioned, values), id }, byVisitor(visitor))
      return { to: paths.adminShipping(), flash: { kind: 'good', text: 'It is no longer offered.' } }
    },
  })
}

export default function AdminShippingMethod() {
  const { method, countries } = useLoaderData<typeof loader>()
  const answer = useActionData()
  const title = method ? method.name : 'New way of delivery'
  return (
    <>
      <Breadcrumb items={[{ name: 'Ways of delivery', to: paths.adminShipping() }, { name: title }]} />
      <PageTitle title={title} />
      <MethodFields
        key={method?.version ?? 0}
        method={method}
        countries={countries}
        problem={problemOf(answer, 'save')}
      />
      {method && (
        <section className="card mt-8 p-5">
          <h2 className="text-lg">Take it away</h2>
          <p className="mt-1 mb-3 text-muted">
            Orders keep what they were placed with. To pause it, untick “It is offered”.
          </p>
          <PostForm problem={problemOf(answer, 'remove')}>
            <input type="hidden" name="version" value={method.version} />
            <Button variant="danger" name="intent" value="remove">
              Remove {method.name}
            </Button>
          </PostForm>
        </section>
      )}
    </>
  )
}

type FieldsProps = {
  method: StaffShippingMethod | null
  countries: { code: string; name: string }[]
  problem: FormProblem | undefined
}

function MethodFields({ method, countries, problem }: FieldsProps) {
  const money = (minor: number | null | undefined, empty = '') => typedMoney(minor ?? null, shopCurrency) || empty
  const decimal = { problem, inputMode: 'decimal' } as const
  const digits = { problem, required: true, inputMode: 'numeric' } as const
  return (
    <PostForm problem={problem} className="card grid gap-5 p-5 sm:grid-cols-2">
      <input type="hidden" name="version" value={method?.version ?? 0} />
      <Field label="Name" name="name" required maxLength={80} defaultValue={method?.name} problem={problem} />
      <Field
        label="Code"
        name="code"
        required
        maxLength={40}
        defaultValue={method?.code}
        hint="Like express-eu."
        problem={problem}
      />
      <Field
        label="Description"
        name="description"
        optional
        maxLength={200}
        defaultValue={method?.description}
        problem={problem}
        className="sm:col-span-2"
      />
      <Countries countries={countries} chosen={method?.countries ?? []} problem={problem} />
      <Field
        label={`Price (${shopCurrency})`}
        name="price"
        required
        defaultValue={money(method?.priceMinor)}
        {...decimal}
      />
      <Field
        label={`Free from goods worth (${shopCurrency})`}
        name="freeFrom"
        optional
        defaultValue={money(method?.freeFromMinor)}
        {...decimal}
      />
      <Field
        label="The price covers (kg)"
        name="includedWeight"
        required
        defaultValue={typedKilograms(method?.includedGrams ?? 0)}
        {...decimal}
      />
      <Field
        label={`Each started kilogram more (${shopCurrency})`}
        name="pricePerKg"
        required
        defaultValue={money(method?.pricePerKgMinor, '0.00')}
        {...decimal}
      />
      <Field
        label="Takes up to (kg)"
        name="maxWeight"
        optional
        defaultValue={typedKilograms(method?.maxGrams ?? null)}
        hint="Heavier carts see it, with the reason why not."
        {...decimal}
      />
      <Field label="Place in the list" name="position" defaultValue={method?.position ?? 0} {...digits} />
      <Field label="Arrives after (working days)" name="minDays" defaultValue={method?.minDays ?? 2} {...digits} />
      <Field label="At the latest after" name="maxDays" defaultValue={method?.maxDays ?? 4} {...digits} />
      <CheckboxField label="It is offered" name="active" defaultChecked={method?.active ?? true} problem={problem} />
      <div className="sm:col-span-2">
        <Button name="intent" value="save">
          Save
        </Button>
      </div>
    </PostForm>
  )
}

type CountriesProps = { countries: FieldsProps['countries']; chosen: string[]; problem: FormProblem | undefined }

function Countries({ countries, chosen, problem }: CountriesProps) {
  const now = problem ? (problem.values['countries[]'] ?? '').split('\n') : chosen
  const error = problem?.fields['countries[]']?.[0]
  return (
    <fieldset id={fieldId('countries[]')} className="sm:col-span-2">
      <legend className="mb-1.5 text-sm font-semibold">Countries</legend>
      {error && <p className="mb-1.5 text-sm font-medium text-bad">{error}</p>}
      <div className="grid max-h-72 grid-cols-1 overflow-y-auto rounded-field border border-edge px-4 py-2 sm:grid-cols-2 lg:grid-cols-3">
        {countries.map(({ code, name }) => (
          <label key={code} className="flex min-h-8 items-center gap-3">
            <input
              type="checkbox"
              name="countries[]"
              value={code}
              defaultChecked={now.includes(code)}
              className="size-5 accent-accent"
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
