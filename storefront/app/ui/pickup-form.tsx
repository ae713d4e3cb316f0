// Checkout's pickup form: stores near a town, each saying what it has; only one that has everything can be chosen. Two
// plain forms: where to look (GET), which one and who comes (POST).
import { Form, Link } from '@remix-run/react'
import type { AddressGuide } from '#app/domain/identity/address-rules.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { paths, withQuery } from '#app/paths.ts'
import { AddressFields } from './address-fields.tsx'
import { Button } from './button.tsx'
import { Field, fieldId, PostForm } from './form.tsx'
import { Icon } from './icon.tsx'
import { Notice } from './parts.tsx'
import { Distance, OpenNow } from './store-card.tsx'

type Place = {
  id: string
  slug: string
  name: string
  line1: string
  town: string
  open: { now: boolean; until: string | null; next: { weekday: number; opens: string } | null }
  distanceKm: number | null
  complete: boolean
  words: string
}

export type PickupFormProps = {
  q: string
  from: string | null
  others: { name: string; query: { near: string; lat: number; lng: number } }[]
  isFar: boolean
  places: Place[]
  chosen: string | null
  pickupName: string | null
  /** Why the store chosen before will not do. */
  trouble: string | null
  name: string
  country: string
  billingAddress: PostalAddress | null
  allCountries: { code: string; name: string }[]
  guide: AddressGuide
  problem: FormProblem | undefined
}

export function PickupForm(props: PickupFormProps) {
  const { q, from, others, isFar, places, trouble, problem } = props
  return (
    <div className="grid gap-6">
      {trouble && <Notice kind="warn">{trouble}</Notice>}
      <WhereToLook q={q} />
      {from === null && q !== '' && (
        <Notice kind="warn">We do not know “{q}”. Try the name of a larger town nearby.</Notice>
      )}
      {others.length > 0 && <OtherTowns others={others} />}
      {from !== null && (
        <p className="text-muted">
          {places.length === 0
            ? 'No store hands out orders there yet. We can deliver it instead.'
            : isFar
              ? `None within 50 km of ${from}. These are the nearest ones.`
              : `Near ${from}, nearest first.`}
        </p>
      )}
      {places.length > 0 && <Choose {...props} problem={problem} />}
    </div>
  )
}

function WhereToLook({ q }: { q: string }) {
  return (
    <Form key={q} role="search" aria-label="Stores for pickup" className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="how" value="pickup" />
      <Field
        id="pickup-q"
        name="q"
        label="Town or postcode"
        type="search"
        autoComplete="postal-code"
        enterKeyHint="search"
        maxLength={80}
        defaultValue={q}
        required
        className="min-w-48 flex-1 sm:max-w-sm"
      />
      <Button variant="secondary" className="min-h-11.5">
        Show stores
      </Button>
    </Form>
  )
}

function OtherTowns({ others }: Pick<PickupFormProps, 'others'>) {
  return (
    <p className="text-sm text-muted">
      Or did you mean{' '}
      {others.map((town, index) => (
        <span key={`${town.query.lat},${town.query.lng}`}>
          {index > 0 && ', '}
          <Link to={withQuery(paths.checkoutDelivery(), { how: 'pickup', ...town.query })} className="link">
            {town.name}
          </Link>
        </span>
      ))}
      ?
    </p>
  )
}

function Choose({ places, chosen, problem, ...rest }: PickupFormProps) {
  const picked = problem?.values.storeId ?? chosen
  const isPossible = places.some(({ complete }) => complete)
  return (
    <PostForm problem={problem} className="grid gap-8">
      <fieldset id={fieldId('storeId')}>
        <legend className="mb-4 text-lg font-semibold">Which store?</legend>
        <div className="grid gap-3">
          {places.map((place) => (
            <PlaceChoice key={place.id} place={place} isPicked={picked === place.id} />
          ))}
        </div>
      </fieldset>
      {isPossible ? (
        <>
          <Field
            label="Who picks it up"
            name="pickupName"
            autoComplete="name"
            required
            maxLength={120}
            defaultValue={rest.pickupName ?? rest.name}
            problem={problem}
            className="max-w-xl"
          />
          <Bill {...rest} problem={problem} />
          <div>
            <Button name="intent" value="pickup" className="w-full sm:w-auto">
              Continue
            </Button>
          </div>
        </>
      ) : (
        <Notice kind="info">
          None of these stores has everything. Try another town, take out what is missing, or let us deliver it.
        </Notice>
      )}
    </PostForm>
  )
}

function PlaceChoice({ place, isPicked }: { place: Place; isPicked: boolean }) {
  const { complete } = place
  return (
    <label
      className={`grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-4 rounded-card border border-line bg-surface p-5 has-[:checked]:border-accent has-[:checked]:ring-1 has-[:checked]:ring-accent ${complete ? '' : 'text-muted'}`}
    >
      <input
        type="radio"
        name="storeId"
        value={place.id}
        required
        disabled={!complete}
        defaultChecked={complete && isPicked}
        className="mt-1 size-5 shrink-0 accent-accent"
      />
      <span className="grid gap-1">
        <span className="font-semibold">{place.name}</span>
        <span className="text-sm text-muted">
          {place.line1}, <span className="whitespace-nowrap">{place.town}</span>
        </span>
        <OpenNow open={place.open} />
        <span className={`flex items-start gap-2 text-sm ${complete ? 'font-medium text-good' : ''}`}>
          <Icon name={complete ? 'check' : 'info'} size={16} className="mt-0.5 shrink-0" />
          {place.words}
        </span>
      </span>
      {place.distanceKm !== null && <Distance km={place.distanceKm} />}
    </label>
  )
}

type BillProps = Pick<PickupFormProps, 'billingAddress' | 'country' | 'allCountries' | 'guide' | 'problem'>

/** Folded away: most people need no other address on the bill. */
function Bill({ billingAddress, country, allCountries, guide, problem }: BillProps) {
  const isWrong = Object.keys(problem?.fields ?? {}).some((name) => name.startsWith('billing.'))
  return (
    <details open={billingAddress !== null || isWrong}>
      <summary className="link inline-flex min-h-8 items-center">Put my address on the bill</summary>
      <div className="mt-5">
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
    </details>
  )
}
