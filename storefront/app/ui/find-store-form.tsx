// Ask for stores near a town, or, where a browser can tell, near where the visitor is. Works as a plain GET form.
import { Form, useNavigate } from '@remix-run/react'
import { useState } from 'react'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { Field, SelectField } from './form.tsx'
import { Icon } from './icon.tsx'

type FindStoreFormProps = { q: string; radius: number; near: boolean }

export function FindStoreForm({ q, radius, near }: FindStoreFormProps) {
  return (
    <Form
      key={`${q} ${radius}`}
      action={paths.stores()}
      role="search"
      aria-label="Stores"
      className="flex flex-wrap items-end gap-3"
    >
      <Field
        id="stores-q"
        name="q"
        label="Town or postcode"
        type="search"
        autoComplete="address-level2"
        enterKeyHint="search"
        maxLength={80}
        defaultValue={q}
        required
        className="min-w-60 flex-1 sm:max-w-sm"
      />
      <SelectField id="stores-radius" name="radius" label="Within" defaultValue={String(radius)} className="w-32">
        {[10, 25, 50, 100, 250, 500].map((km) => (
          <option key={km} value={km}>
            {km} km
          </option>
        ))}
      </SelectField>
      <Button className="min-h-11.5">Find stores</Button>
      <MyPosition radius={near ? radius : 50} />
    </Form>
  )
}

/** Shown only where scripts run. The position is rounded to about 100 m before it goes into the address. */
function MyPosition({ radius }: { radius: number }) {
  const navigate = useNavigate()
  const [trouble, setTrouble] = useState('')
  const ask = () => {
    setTrouble('')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        navigate(
          paths.stores({ lat: coords.latitude.toFixed(3), lng: coords.longitude.toFixed(3), near: 'you', radius }),
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
