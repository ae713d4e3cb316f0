// The demo accounts with their published passwords (refused in production) and some forty customers with a history.
import { hash } from '@node-rs/argon2'
import type { Knex } from 'knex'
import { insertRows } from '../database.ts'
import { idOf } from '../ids.ts'
import { randomOf } from '../random.ts'

export type SeedAddress = {
  fullName: string
  company: string | null
  line1: string
  line2: string | null
  city: string
  region: string | null
  postcode: string | null
  country: string
  phone: string | null
}
export type Person = {
  id: string
  email: string
  name: string
  role: string
  password?: string
  addresses: SeedAddress[]
}

const address = (
  fullName: string,
  line1: string,
  postcode: string,
  city: string,
  country: string,
  phone: string | null = null,
  region: string | null = null,
): SeedAddress => ({
  fullName,
  company: null,
  line1,
  line2: null,
  city,
  region,
  postcode,
  country,
  phone,
})

const person = (email: string, name: string, role: string, addresses: SeedAddress[], password?: string): Person => ({
  id: idOf(`user:${email}`),
  email,
  name,
  role,
  addresses,
  password,
})

export const admin = person('admin@example.com', 'Ada Keeper', 'owner', [], 'Admin@123')
/** Who works here beside the owner, one of each role. */
export const team = [
  person('manager@example.com', 'Maud Regan', 'manager', [], 'Manager@123'),
  person('warehouse@example.com', 'Walt Ryan', 'warehouse', [], 'Warehouse@123'),
  person('support@example.com', 'Sunniva Dahl', 'support', [], 'Support@123'),
  person('content@example.com', 'Cosmo Ferrari', 'content', [], 'Content@123'),
]
export const alice = person(
  'alice@example.com',
  'Alice Moreau',
  'customer',
  [
    address('Alice Moreau', '14 Camden Street Lower', 'D02 XE80', 'Dublin', 'IE', '+353 1 555 0114'),
    address('Alice Moreau', '8 rue des Martyrs', '75009', 'Paris', 'FR'),
  ],
  'Alice@123',
)
export const bob = person(
  'bob@example.com',
  'Bob Lindqvist',
  'customer',
  [address('Bob Lindqvist', 'Oranienstraße 25', '10999', 'Berlin', 'DE', '+49 30 5550127')],
  'Bob@123',
)

const firstNames =
  'Aoife Brendan Chiara Daan Elif Farah Gustav Hanna Ines Jonas Katja Liam Maren Noor Oskar Petra Quinn Rosa Seán Tomasz Una Viktor Wanda Xenia Yara Zoltan'.split(
    ' ',
  )
const lastNames =
  'Byrne Conti de-Vries Ek Fischer García Hoang Iversen Jansen Kowalski Lemaire Murphy Nolan Öberg Petit Quirke Rossi Santos Turner Ueda Vogel Walsh Yilmaz Zimmer'.split(
    ' ',
  )
const homes: [line: string, postcode: string, city: string, country: string][] = [
  ['Patrick Street', 'T12 W8KX', 'Cork', 'IE'],
  ['Shop Street', 'H91 E9PY', 'Galway', 'IE'],
  ['Thomas Street', 'D08 VF83', 'Dublin', 'IE'],
  ['Lange Reihe', '20099', 'Hamburg', 'DE'],
  ['Ehrenfelder Straße', '50823', 'Köln', 'DE'],
  ['Haarlemmerdijk', '1013 KL', 'Amsterdam', 'NL'],
  ['Rue de Flandre', '1000', 'Bruxelles', 'BE'],
  ['Rue Mercière', '69002', 'Lyon', 'FR'],
  ['Calle de Toledo', '28005', 'Madrid', 'ES'],
  ['Via San Vitale', '40125', 'Bologna', 'IT'],
  ['Södermannagatan', '116 40', 'Stockholm', 'SE'],
  ['Jægersborggade', '2200', 'København', 'DK'],
  ['Gloucester Road', 'BS7 8NT', 'Bristol', 'GB'],
  ['Leith Walk', 'EH6 5BR', 'Edinburgh', 'GB'],
]

/** Customers without a password: they have bought, they cannot log in. */
export function customers(count: number): Person[] {
  const random = randomOf('customers')
  const people = new Map<string, Person>()
  while (people.size < count) {
    const first = random.pick(firstNames)
    const last = random.pick(lastNames).replace('-', ' ')
    const name = `${first} ${last}`
    const ascii = name
      .normalize('NFKD')
      .replace(/[^A-Za-z ]/g, '')
      .toLowerCase()
      .replaceAll(' ', '.')
    const email = `${ascii}@example.net`
    const [street, postcode, city, country] = random.pick(homes)
    people.set(
      email,
      person(email, name, 'customer', [address(name, `${street} ${random.int(2, 98)}`, postcode, city, country)]),
    )
  }
  return [...people.values()]
}

/** argon2id (the library's default) with OWASP's m = 19 456 KiB, t = 2, p = 1: what the storefront uses. */
const hashOf = (password: string): Promise<string> =>
  hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })

export async function seedPeople(storefront: Knex, people: readonly Person[], now: Date): Promise<void> {
  const taken = new Set((await storefront('users').select('email')).map((row: { email: string }) => row.email))
  const fresh = people.filter(({ email }) => !taken.has(email))
  const since = new Date(now.getTime() - 120 * 24 * 3600 * 1000)
  const rows = await Promise.all(
    fresh.map(async ({ id, email, name, role, password }) => ({
      id,
      email,
      name,
      role,
      emailVerifiedAt: since,
      passwordHash: password ? await hashOf(password) : null,
      createdAt: since,
    })),
  )
  // A person without their addresses would stay so: a second run takes them for complete.
  await storefront.transaction(async (trx) => {
    await insertRows(trx, 'users', rows)
    await insertRows(
      trx,
      'addresses',
      fresh.flatMap(({ id, email, addresses }) =>
        addresses.map((entry, index) => ({
          id: idOf(`address:${email}:${index}`),
          userId: id,
          ...entry,
          isDefaultShipping: index === 0,
          isDefaultBilling: index === 0,
        })),
      ),
    )
  })
}
