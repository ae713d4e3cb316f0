// Gives the test file that imports it a storefront database of its own, migrated and empty, removed afterwards. Import it
// before anything of the shop: settings are read once.
import './settings.ts'
import { afterAll } from 'vitest'
import { freshDatabase } from '../../local/postgres/test-database.ts'

const database = await freshDatabase('storefront')
process.env.STOREFRONT_DATABASE_URL = database.url

afterAll(async () => {
  const { closeDatabases } = await import('#app/lib/db.server.ts')
  await closeDatabases()
  await database.drop()
})
