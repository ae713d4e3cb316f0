// Checkout's delivery form: an address of the book or a typed one, a billing address when it differs, and how it comes.
// Without JavaScript the ways of delivery are those of the address known so far; the answer to the form mends the rest.
import { useState } from 'react'
import type { AddressGuide } from '#app/domain/identity/address-rules.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { AddressFields } from './address-fields.tsx'
import { Button } from './button.tsx'
import { CheckboxField, fieldId, PostForm } from './form.tsx'
import { AddressLines } from './order-parts.tsx'
import { ShippingChoice, type ShippingOffer } from './shipping-choice.tsx'

type BookEntry = PostalAddress & { id: string; isDefaultShipping: boolean; served: boolean }

export type DeliveryFormProps = {
  address: PostalAddress | null
  billingAddress: PostalAddress | null
  /** The billing fields are shown from the start. */
  billing: boolean
  name: string
  country: string
  book: BookEntry[]
  signedIn: boolean
  countries: { code: string; name: string }[]
  allCountries: { code: string; name: string }[]
  guide: AddressGuide
  offers: ShippingOffer[]
  chosenMethod: string | null
  problem: FormProblem | undefined
}

export function DeliveryForm(props: DeliveryFormProps) {
  const { address, book, problem, offers } = props
  const start = pickFrom(book, address)
  const typed = (start === 'new' && address) || { fullName: props.name, country: props.country }
  const [picked, setPicked] = useState(problem?.values.addressId ?? start)
  const [typedCountry, setTypedCountry] = useState(problem?.values.country ?? typed.country)
  const country = book.find(({ id }) => id === picked)?.country ?? typedCountry
  return (
    <PostForm problem={problem} className="group grid gap-8">
      {book.length > 0 && <Book book={book} picked={picked} onPick={setPicked} />}
      <fieldset className={book.length > 0 ? 'hidden group-has-[#address-new:checked]:block' : ''}>
        <legend className="mb-4 text-lg font-semibold">{book.length > 0 ? 'New address' : 'Delivery address'}</legend>
        <AddressFields
          section="shipping"
          address={typed}
          countries={props.countries}
          guide={props.guide}
          problem={problem}
          required={book.length === 0}
          onCountry={setTypedCountry}
        />
        {props.signedIn && (
          <CheckboxField
            label="Keep it in my address book"
            name="saveAddress"
            problem={problem}
            defaultChecked
            className="mt-5"
          />
        )}
      </fieldset>
      <Billing {...props} />
      <ShippingChoice
        key={country}
        offers={offers.filter(({ countries }) => countries.includes(country))}
        picked={problem?.values.shippingMethod ?? props.chosenMethod}
      />
      <div>
        <Button name="intent" value="deliver" className="w-full sm:w-auto">
          Continue
        </Button>
      </div>
    </PostForm>
  )
}

function Billing({ billing, billingAddress, country, allCountries, guide, problem }: DeliveryFormProps) {
  const [differs, setDiffers] = useState(problem ? problem.values.billingSame === undefined : billing)
  return (
    <fieldset>
      <legend className="sr-only">Billing address</legend>
      <CheckboxField
        id={fieldId('billingSame')}
        label="The bill goes to the same address"
        name="billingSame"
        problem={problem}
        defaultChecked={!differs}
        onChange={(event) => setDiffers(!event.currentTarget.checked)}
      />
      {differs && (
        <div className="mt-6">
          <p className="mb-4 text-lg font-semibold">Billing address</p>
          <AddressFields
            prefix="billing."
            section="billing"
            address={billingAddress ?? { country }}
            countries={allCountries}
            guide={guide}
            problem={problem}
            required={false}
          />
        </div>
      )}
    </fieldset>
  )
}

/** The entry that is the cart's address already, else the default, else the first we deliver to. */
function pickFrom(book: BookEntry[], address: PostalAddress | null): string {
  const same = address && book.find((entry) => entry.line1 === address.line1 && entry.fullName === address.fullName)
  if (address && !same) return 'new'
  const offered = book.filter(({ served }) => served)
  return (same ?? offered.find(({ isDefaultShipping }) => isDefaultShipping) ?? offered[0])?.id ?? 'new'
}

const choice =
  'flex gap-4 rounded-card border border-line bg-surface p-5 has-[:checked]:border-accent has-[:checked]:ring-1 has-[:checked]:ring-accent'

type BookProps = { book: BookEntry[]; picked: string; onPick: (id: string) => void }

function Book({ book, picked, onPick }: BookProps) {
  return (
    <fieldset onChange={(event) => event.target instanceof HTMLInputElement && onPick(event.target.value)}>
      <legend className="mb-4 text-lg font-semibold">Delivery address</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {book.map((entry) => (
          <label key={entry.id} className={`${choice} ${entry.served ? '' : 'text-muted'}`}>
            <input
              type="radio"
              name="addressId"
              value={entry.id}
              defaultChecked={picked === entry.id}
              disabled={!entry.served}
              className="mt-1 size-5 shrink-0 accent-accent"
            />
            <span>
              <AddressLines address={entry} />
              {!entry.served && <span className="mt-1 block text-sm">We do not deliver there yet.</span>}
            </span>
          </label>
        ))}
        <label className={`${choice} items-center`}>
          <input
            id="address-new"
            type="radio"
            name="addressId"
            value="new"
            defaultChecked={picked === 'new'}
            className="size-5 shrink-0 accent-accent"
          />
          Another address
        </label>
      </div>
    </fieldset>
  )
}
