// Reads the address form of checkout: an address of the book, or typed ones, each checked by its country's rules.
import type { z } from 'zod'
import { postalAddressInput } from '#app/domain/identity/address-rules.ts'
import { createAddress, getAddress } from '#app/domain/identity/addresses.server.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import type { By } from '#app/lib/clock.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'

type Values = Record<string, string>
type Fields = Record<string, string[]>

const parts = ['fullName', 'company', 'line1', 'line2', 'city', 'region', 'postcode', 'country', 'phone'] as const

/** The address typed into the fields that begin with `prefix`; what is wrong goes into `fields` under the same names. */
function typedAddress(values: Values, prefix: string, fields: Fields): PostalAddress | null {
  const typed = Object.fromEntries(parts.map((part) => [part, values[prefix + part] ?? '']))
  const parsed: z.ZodSafeParseResult<PostalAddress> = postalAddressInput.safeParse(typed)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    const name = prefix + issue.path.join('.')
    fields[name] = [...(fields[name] ?? []), issue.message]
  }
  return null
}

/**
 * The address for the bill from fields that may stay empty: null when nothing was typed. Throws validation_failed with the
 * fields' names.
 */
export function readBillingAddress(values: Values): PostalAddress | null {
  const isTyped = parts.some((part) => part !== 'country' && (values[`billing.${part}`] ?? '').trim() !== '')
  if (!isTyped) return null
  const fields: Fields = {}
  const address = typedAddress(values, 'billing.', fields)
  if (!address) throw new DomainError('validation_failed', 'Please check the billing address.', { fields })
  return address
}

async function bookAddress(userId: string | undefined, addressId: string): Promise<PostalAddress> {
  if (!userId) throw notFound('This address')
  const { id, isDefaultShipping, isDefaultBilling, ...address } = await getAddress(userId, addressId)
  return address
}

export type DeliveryAddress = {
  address: PostalAddress
  /** Null: the bill goes to the same address, as far as the form says. */
  billingAddress: PostalAddress | null
  /** A different one is wanted, but its fields were not shown yet (no JavaScript). */
  asksBilling: boolean
}

/**
 * The delivery and billing address of the form. Keeps a typed one in the book of `userId` when
 * asked to. Throws validation_failed with the fields' names, not_found for somebody else's address.
 */
export async function readDeliveryAddress(
  values: Values,
  userId: string | undefined,
  by: By,
): Promise<DeliveryAddress> {
  const fields: Fields = {}
  const chosen = values.addressId && values.addressId !== 'new' ? values.addressId : null
  const address = chosen ? await bookAddress(userId, chosen) : typedAddress(values, '', fields)
  const shown = values['billing.country'] !== undefined
  const billingAddress = values.billingSame || !shown ? null : typedAddress(values, 'billing.', fields)
  if (!address || Object.keys(fields).length > 0)
    throw new DomainError('validation_failed', 'Please check the address.', { fields })
  if (userId && !chosen && values.saveAddress)
    await createAddress({ ...address, isDefaultShipping: false, isDefaultBilling: false, userId }, by)
  return { address, billingAddress, asksBilling: !values.billingSame && !shown }
}
