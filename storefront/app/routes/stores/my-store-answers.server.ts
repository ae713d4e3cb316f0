// "Make this my store" and "Forget my store", as the stores page and a store's own page post them.
import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { getStore } from '#app/domain/catalog/stores.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { forgetMyStore, setMyStore } from '#app/http/my-store.server.ts'
import { parse, safeRedirect } from '#app/http/parse.server.ts'
import { DomainError } from '#app/lib/errors.ts'

const chosen = z.object({
  slug: z
    .string('Choose a store.')
    .max(100, 'Choose a store.')
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Choose a store.'),
})

/** A store that is not there (any more) cannot be chosen. Goes back to `back` of the form, or to `home`. */
export const answerMyStore = (args: ActionFunctionArgs, home: string) =>
  answerPage(args, {
    'choose-store': async ({ values }) => {
      const { slug } = parse(chosen, values)
      const store = await getStore(slug).catch((error: unknown) => {
        if (error instanceof DomainError && error.code === 'not_found')
          throw new DomainError('validation_failed', 'This store is not there any more.')
        throw error
      })
      setMyStore(args.context, store.slug)
      const text = `${store.name} is your store in this browser now.`
      return { to: safeRedirect(values.back, home), flash: { kind: 'good', text } }
    },
    'forget-store': async ({ values }) => {
      forgetMyStore(args.context)
      return { to: safeRedirect(values.back, home), flash: { kind: 'good', text: 'Your store is forgotten.' } }
    },
  })
