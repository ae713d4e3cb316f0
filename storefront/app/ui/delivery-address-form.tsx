// Checkout's address form: pick one of the book or type one, and a billing address when it differs. What does not apply
// is hidden by CSS alone, so it works the same without JavaScript.
import type { AddressGuide } from '#app/domain/identity/address-rules.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { AddressFields } from './address-fields.tsx'
import { Button } from './button.tsx'
import { CheckboxField, PostForm } from './form.tsx'
import { AddressLines } from './order-parts.tsx'

type BookEntry = PostalAddress & { id: string; isDefaultShipping: boolean; served: boolean }

type Props = {
  address: PostalAddress | null
  billingAddress: PostalAddress | null
  name: string
  signedIn: boolean
  book: BookEntry[]
  countries: { code: string; name: string }[]
  allCountries: { code: string; name: string }[]
  guide: AddressGuide
  problem: FormProblem | undefined
}

export function DeliveryAddressForm(props: Props) {
  const { address, billingAddress, name, signedIn, book, guide, problem } = props
  const picked = problem?.values.addressId ?? pickFrom(book, address)
  const billingSame = problem ? problem.values.billingSame !== undefined : billingAddress === null
  const fallback = { fullName: name, country: book[0]?.country ?? 'IE' }
  return (
    <PostForm problem={problem} className="group grid gap-8">
      {book.length > 0 && <Book book={book} picked={picked} />}
      <fieldset className={book.length > 0 ? 'hidden group-has-[#address-new:checked]:block' : ''}>
        <legend className="mb-4 text-lg font-semibold">{book.length > 0 ? 'New address' : 'Delivery address'}</legend>
        <AddressFields
          section="shipping"
          address={address ?? fallback}
          countries={props.countries}
          guide={guide}
          problem={problem}
          required={book.length === 0}
        />
        {signedIn && (
          <CheckboxField
            label="Keep it in my address book"
            name="saveAddress"
            problem={problem}
            defaultChecked
            className="mt-5"
          />
        )}
      </fieldset>
      <fieldset>
        <legend className="sr-only">Billing address</legend>
        <CheckboxField
          label="The bill goes to the same address"
          name="billingSame"
          problem={problem}
          defaultChecked={billingSame}
        />
        <div className="mt-6 group-has-[#field-billingSame:checked]:hidden">
          <p className="mb-4 text-lg font-semibold">Billing address</p>
          <AddressFields
            prefix="billing."
            section="billing"
            address={billingAddress ?? { country: fallback.country }}
            countries={props.allCountries}
            guide={guide}
            problem={problem}
            required={false}
          />
        </div>
      </fieldset>
      <div>
        <Button name="intent" value="address" className="w-full sm:w-auto">
          Deliver here
        </Button>
      </div>
    </PostForm>
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

function Book({ book, picked }: { book: BookEntry[]; picked: string }) {
  return (
    <fieldset>
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
