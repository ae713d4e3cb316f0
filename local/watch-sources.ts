// Development: a changed source starts its process anew; the storefront reloads its pages by itself.
// Never watches tests, nor anything outside the checkout.
import { type FSWatcher, watch } from 'node:fs'
import path from 'node:path'
import type { Child } from './children.ts'
import { root } from './settings.ts'

const folders: Record<string, string[]> = {
  'catalog-api': ['catalog-api/src'],
  notifier: ['notifier/src', 'storefront/app/domain/outbox'],
  payments: ['local/payments'],
  inbox: ['local/inbox'],
}

/** An editor writes in several steps; one restart is enough for them. */
const settled = 200

/** Watches until the answered watchers are closed. */
export function watchSources(children: Child[], say: (line: string) => void): FSWatcher[] {
  return children.flatMap((child) => {
    let soon: NodeJS.Timeout | undefined
    return (folders[child.spec.name] ?? []).map((folder) =>
      watch(path.join(root, folder), { recursive: true }, (_, file) => {
        if (!file || !/\.(ts|tsx|json)$/.test(file) || file.includes('.test.')) return
        clearTimeout(soon)
        soon = setTimeout(() => {
          say(`${child.spec.name}: ${file} changed, starting it again`)
          void child.restart()
        }, settled)
      }),
    )
  })
}
