// Ask for stores near a town, a postcode of ours or, where a browser can tell, near where the visitor is; narrowed by what
// they offer and whether they are open. A plain GET form.
import { Form, Link, useNavigate } from '@remix-run/react'
import { useState } from 'react'
import { radii, type StoresState, storesHref } from '#app/http/stores-state.ts'
import type { DistanceUnit } from '#app/lib/distance.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { CheckboxField, Field, SelectField } from './form.tsx'
import { Icon } from './icon.tsx'
import { serviceName } from './store-card.tsx'

type FindStoreFormProps = { state: StoresState; unit: DistanceUnit; services: string[] }

export function FindStoreForm({ state, unit, services }: FindStoreFormProps) {
  return (
    <Form
      key={storesHref(state)}
      action={paths.stores()}
      role="search"
      aria-label="Stores"
      className="flex flex-wrap items-end gap-3"
    >
      {state.sku && <input type="hidden" name="sku" value={state.sku} />}
      {state.unit && <input type="hidden" name="unit" value={state.unit} />}
      {state.back && <input type="hidden" name="back" value={state.back} />}
      <Position state={state} />
      <Field
        id="stores-q"
        name="q"
        label="Town or postcode"
        type="search"
        autoComplete="address-level2"
        enterKeyHint="search"
        maxLength={80}
        defaultValue={state.q}
        aria-describedby="stores-q-hint"
        className="min-w-60 flex-1 sm:max-w-sm"
      />
      <SelectField id="stores-radius" name="radius" label="Within" defaultValue={String(state.radius)} className="w-32">
        {radii.map((radius) => (
          <option key={radius} value={radius}>
            {radius} {unit}
          </option>
        ))}
      </SelectField>
      <Button className="min-h-11.5">Find stores</Button>
      <MyPosition state={state} />
      <p id="stores-q-hint" className="w-full text-sm text-muted">
        Any town of 15,000 people or more. Of postcodes we know those of our own stores and what begins like them.{' '}
        <OtherUnit state={state} unit={unit} />
      </p>
      <fieldset className="w-full">
        <legend className="mb-1 text-sm font-semibold">Only stores with</legend>
        <div className="flex flex-wrap gap-x-6 [&_input]:size-6">
          <CheckboxField
            id="stores-open"
            name="open"
            value="1"
            label="Open now"
            defaultChecked={state.openNow}
            className="flex min-h-11 items-center"
          />
          {services.map((service) => (
            <CheckboxField
              key={service}
              id={`stores-${service}`}
              name="service"
              value={service}
              label={serviceName(service)}
              defaultChecked={state.services.includes(service)}
              className="flex min-h-11 items-center"
            />
          ))}
        </div>
      </fieldset>
    </Form>
  )
}

/** A position stays when only a filter is changed; a town that is typed is stronger. */
function Position({ state: { q, near, lat, lng } }: { state: StoresState }) {
  if (q !== '' || lat === undefined || lng === undefined) return null
  return (
    <>
      <input type="hidden" name="lat" value={lat} />
      <input type="hidden" name="lng" value={lng} />
      {near && <input type="hidden" name="near" value={near} />}
    </>
  )
}

function OtherUnit({ state, unit }: { state: StoresState; unit: DistanceUnit }) {
  return (
    <Link
      to={storesHref(state, { unit: unit === 'km' ? 'mi' : 'km' })}
      className="link whitespace-nowrap"
      preventScrollReset
    >
      Show {unit === 'km' ? 'miles' : 'kilometres'}
    </Link>
  )
}

/** Shown only where scripts run. The position is rounded to about 100 m before it goes into the address. */
function MyPosition({ state }: { state: StoresState }) {
  const navigate = useNavigate()
  const [trouble, setTrouble] = useState('')
  const ask = () => {
    setTrouble('')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        navigate(
          storesHref(state, {
            q: '',
            near: 'you',
            lat: Number(coords.latitude.toFixed(3)),
            lng: Number(coords.longitude.toFixed(3)),
          }),
        ),
      () => setTrouble('Your browser did not tell us where you are. Please type a town instead.'),
      { timeout: 10_000, maximumAge: 300_000 },
    )
  }
  return (
    <>
      <Button type="button" variant="secondary" onClick={ask} className="min-h-11.5 noscript:hidden">
        <Icon name="navigation" size={18} /> Use my position
      </Button>
      <p role="status" className="w-full text-sm text-bad empty:hidden">
        {trouble}
      </p>
    </>
  )
}
