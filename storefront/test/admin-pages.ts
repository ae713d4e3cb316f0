// The admin's pages as the map has them: a page that nobody wrote a test for is seen all the same.
import { mapped } from '../../trials/map/pages.ts'
import type { Face } from './browser.ts'

// Vite sees the folder; the map says which of its files are pages.
const modules = import.meta.glob<Face>('../app/routes/admin/*.{ts,tsx}')

export type AdminPage = { pattern: string; face: Face }

/** Every page and file below /admin, the frame too. */
export async function listAdminPages(): Promise<AdminPage[]> {
  const entries = mapped.filter(({ pattern, file }) => pattern.startsWith('/admin') || file.includes('/admin/'))
  return Promise.all(
    entries.map(async ({ pattern, file, isLayout }) => {
      const load = modules[`../app/${file}`]
      if (!load) throw new Error(`${file} is on the map below /admin and not in routes/admin`)
      return { pattern: isLayout ? '/admin (frame)' : pattern, face: await load() }
    }),
  )
}
