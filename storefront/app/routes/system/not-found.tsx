// Every address that is no page: the shop's own 404.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'

export function loader(_: LoaderFunctionArgs): never {
  throw new Response('Not found', { status: 404 })
}

export function action(_: ActionFunctionArgs): never {
  throw new Response('Not found', { status: 404 })
}

export default function NotFoundPage() {
  return null
}
