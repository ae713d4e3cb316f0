// The form of a store: address, position, hours by weekday, services, whether it serves orders.
import { hoursText, specialDaysText, storeServices, weekdayNames } from '#app/domain/catalog/staff/store-input.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { Button } from './button.tsx'
import { CheckboxField, Field, PostForm, SelectField, TextareaField } from './form.tsx'

type StoreInfo = {
  name: string
  kind: string
  status: string
  line1: string
  line2: string | null
  city: string
  region: string | null
  postcode: string | null
  country: string
  latitude: number
  longitude: number
  timezone: string
  phone: string | null
  email: string | null
  services: string[]
  shipsOrders: boolean
  allocationPriority: number
  hours: { weekday: number; opens: string; closes: string }[]
  specialDays: { date: string; note: string; hours: { opens: string; closes: string }[] }[]
  version: number
}
type Props = { store: StoreInfo | null; problem?: FormProblem }

export function StoreForm({ store, problem }: Props) {
  return (
    <PostForm problem={problem} className="grid gap-6">
      {store && <input type="hidden" name="version" value={store.version} />}
      <Address store={store} problem={problem} />
      <Hours store={store} problem={problem} />
      <Services store={store} problem={problem} />
      <div>
        <Button name="intent" value="save">
          {store ? 'Save changes' : 'Open the store'}
        </Button>
      </div>
    </PostForm>
  )
}

function Address({ store, problem }: Props) {
  const field = (
    name: string,
    label: string,
    stored: string | null | undefined,
    more: Record<string, unknown> = {},
  ) => <Field key={name} label={label} name={name} defaultValue={stored ?? ''} problem={problem} {...more} />
  return (
    <section className="card grid gap-5 p-5 sm:grid-cols-2 lg:grid-cols-3">
      <h2 className="text-xl sm:col-span-2 lg:col-span-3">Where it is</h2>
      {field('name', 'Name', store?.name, { required: true, maxLength: 120 })}
      <SelectField label="Kind" name="kind" defaultValue={store?.kind ?? 'shop'} problem={problem}>
        <option value="shop">A shop people visit</option>
        <option value="warehouse">A warehouse, not shown</option>
      </SelectField>
      <SelectField label="State" name="status" defaultValue={store?.status ?? 'open'} problem={problem}>
        <option value="open">Open</option>
        <option value="closed">Closed: shown to nobody, serves no new order</option>
      </SelectField>
      {field('line1', 'Street and number', store?.line1, { required: true, maxLength: 120 })}
      {field('line2', 'More of the address', store?.line2, { optional: true, maxLength: 120 })}
      {field('city', 'Town', store?.city, { required: true, maxLength: 80 })}
      {field('postcode', 'Postcode', store?.postcode, { optional: true, maxLength: 20 })}
      {field('region', 'Region', store?.region, { optional: true, maxLength: 80 })}
      {field('country', 'Country', store?.country, { required: true, maxLength: 2, hint: 'Two letters, like IE.' })}
      {field('latitude', 'Latitude', store && String(store.latitude), {
        required: true,
        hint: 'Degrees, like 53.3419.',
      })}
      {field('longitude', 'Longitude', store && String(store.longitude), { required: true, hint: 'Like -6.263.' })}
      {field('timezone', 'Time zone', store?.timezone, { required: true, maxLength: 60, hint: 'Like Europe/Dublin.' })}
      {field('phone', 'Phone', store?.phone, { optional: true, type: 'tel', maxLength: 40 })}
      {field('email', 'E-mail', store?.email, { optional: true, type: 'email', maxLength: 254 })}
    </section>
  )
}

function Hours({ store, problem }: Props) {
  return (
    <fieldset className="card grid gap-4 p-5 sm:grid-cols-2 lg:grid-cols-4">
      <legend className="sr-only">Opening hours</legend>
      <div className="sm:col-span-2 lg:col-span-4">
        <h2 className="text-xl">When it is open</h2>
        <p className="mt-1 text-muted">
          In its own time: 10:00-19:00, or 10:00-12:30, 14:00-19:00. Empty when it stays closed.
        </p>
      </div>
      {weekdayNames.map((name, index) => (
        <Field
          key={name}
          label={name}
          name={`hours${index + 1}`}
          maxLength={80}
          autoComplete="off"
          defaultValue={store ? hoursText(store.hours, index + 1) : ''}
          problem={problem}
        />
      ))}
      <TextareaField
        label="Days that are different"
        name="specialDays"
        optional
        rows={5}
        maxLength={20_000}
        defaultValue={store ? specialDaysText(store.specialDays) : ''}
        hint="One a line, by the store’s own calendar: 2026-12-25 closed Christmas Day, or 2026-12-24 10:00-13:00 Christmas Eve. They take the place of the week’s hours; days that are past go from here by themselves."
        problem={problem}
        className="sm:col-span-2 lg:col-span-4"
      />
    </fieldset>
  )
}

function Services({ store, problem }: Props) {
  const others = store?.services.filter((service) => !Object.hasOwn(storeServices, service)) ?? []
  return (
    <fieldset className="card grid gap-4 p-5 sm:grid-cols-2">
      <legend className="sr-only">Services</legend>
      <h2 className="text-xl sm:col-span-2">What it does</h2>
      {Object.entries(storeServices).map(([service, label]) => (
        <CheckboxField
          key={service}
          label={label}
          name={`service_${service}`}
          defaultChecked={store?.services.includes(service)}
          problem={problem}
        />
      ))}
      <Field
        label="Other services"
        name="otherServices"
        optional
        maxLength={300}
        hint="Codes with commas between, like key_cutting."
        defaultValue={others.join(', ')}
        problem={problem}
      />
      <CheckboxField
        label="Ships orders that are bought online"
        name="shipsOrders"
        defaultChecked={store?.shipsOrders}
        problem={problem}
        className="sm:col-span-2"
      />
      <Field
        label="Turn among those that ship"
        name="allocationPriority"
        required
        inputMode="numeric"
        pattern="[0-9]{1,5}"
        hint="The lowest number is asked first."
        defaultValue={String(store?.allocationPriority ?? 100)}
        problem={problem}
      />
    </fieldset>
  )
}
