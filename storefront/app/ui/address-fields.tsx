// The fields of a postal address. The country decides what is asked: at once with JavaScript, after the first answer
// without. `prefix` tells two addresses of one form apart (`billing.line1`).
import { useState } from 'react'
import type { AddressGuide } from '#app/domain/identity/address-rules.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { Field, SelectField } from './form.tsx'

type AddressFieldsProps = {
  prefix?: string
  /** `shipping` or `billing`, for the browser's address helper. */
  section: 'shipping' | 'billing'
  address: Partial<PostalAddress>
  countries: { code: string; name: string }[]
  guide: AddressGuide
  problem: FormProblem | undefined
  /** False while the fields may be hidden: a browser cannot point at a hidden field. */
  required: boolean
  onCountry?: (code: string) => void
}

export function AddressFields(props: AddressFieldsProps) {
  const { prefix = '', section, address, countries, guide, problem, required, onCountry } = props
  const name = (field: string) => `${prefix}${field}`
  const [country, setCountry] = useState(
    problem?.values[name('country')] ?? address.country ?? countries[0]?.code ?? '',
  )
  const rules = guide[country]
  const common = (field: keyof PostalAddress, hint: string) => ({
    name: name(field),
    problem,
    autoComplete: `${section} ${hint}`,
    defaultValue: address[field] ?? '',
    maxLength: field === 'line1' || field === 'line2' ? 200 : 120,
  })
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field {...common('fullName', 'name')} label="Full name" required={required} className="sm:col-span-2" />
      <SelectField
        label="Country"
        name={name('country')}
        problem={problem}
        autoComplete={`${section} country`}
        defaultValue={address.country ?? countries[0]?.code}
        onChange={(event) => {
          setCountry(event.target.value)
          onCountry?.(event.target.value)
        }}
        className="sm:col-span-2"
      >
        {countries.map(({ code, name: label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </SelectField>
      <Field
        {...common('line1', 'address-line1')}
        label="Street and number"
        required={required}
        className="sm:col-span-2"
      />
      <Field {...common('line2', 'address-line2')} label="Flat, floor, building" optional className="sm:col-span-2" />
      <Field
        {...common('postcode', 'postal-code')}
        label="Postcode"
        maxLength={20}
        optional={!rules?.postcode}
        hint={rules?.postcode && `Like ${rules.postcode}`}
      />
      <Field {...common('city', 'address-level2')} label="Town or city" required={required} />
      <Field
        {...common('region', 'address-level1')}
        label="State, province or region"
        list={rules?.regions.length ? `${prefix}regions` : undefined}
        optional={!rules?.region}
      />
      <Field {...common('company', 'organization')} label="Company" optional />
      <Field
        {...common('phone', 'tel')}
        label="Phone"
        type="tel"
        inputMode="tel"
        maxLength={40}
        optional
        hint="Only for questions about the delivery"
        className="sm:col-span-2"
      />
      <datalist id={`${prefix}regions`}>
        {rules?.regions.map(({ code, name: label }) => (
          <option key={code} value={label} />
        ))}
      </datalist>
    </div>
  )
}
