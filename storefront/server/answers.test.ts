import '../test/settings.ts'
import type { ServerBuild } from '@remix-run/node'
import { describe, expect, test } from 'vitest'
import { notFound } from '#app/lib/errors.ts'
import { withAnswers } from './answers.ts'

/** The thrown answer, or what came, of a page whose loader does this. */
async function loaderOf(loader: () => unknown): Promise<unknown> {
  const build = { routes: { page: { id: 'page', module: { default: () => null, loader } } } }
  const { page } = withAnswers(build as unknown as ServerBuild).routes
  const asked = page?.module.loader as () => Promise<unknown>
  return asked().catch((thrown: unknown) => thrown)
}

describe('a page that did not think of it', () => {
  test('is “try again” while the database is away, and says what a rule says', async () => {
    const away = Object.assign(new Error('the database system is starting up'), { code: '57P03' })
    expect(await loaderOf(() => Promise.reject(away))).toMatchObject({ init: { status: 503 } })
    expect(await loaderOf(() => Promise.reject(notFound('The order')))).toMatchObject({ init: { status: 404 } })
  })

  test('answers as it did, and a fault stays one', async () => {
    expect(await loaderOf(() => ({ mugs: 3 }))).toEqual({ mugs: 3 })
    const fault = new Error('a mistake of ours')
    expect(await loaderOf(() => Promise.reject(fault))).toBe(fault)
  })

  test('without a loader stays without one', () => {
    const build = { routes: { page: { id: 'page', module: { default: () => null } } } }
    expect(withAnswers(build as unknown as ServerBuild).routes.page?.module).not.toHaveProperty('loader')
  })
})
