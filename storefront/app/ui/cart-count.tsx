// The number beside the cart in the header. While a form that adds to the cart is on its way it counts already.
import { useNavigation } from '@remix-run/react'
import { paths } from '#app/paths.ts'

/** `count` pieces as the server knows them, plus what is just being added. */
export function useCartCount(count: number): number {
  const { formData, formAction, state } = useNavigation()
  const adding = state === 'submitting' && formAction === paths.cart() && formData?.get('intent') === 'add'
  if (!adding) return count
  const quantity = Number(formData?.get('quantity') ?? 1)
  return Number.isInteger(quantity) && quantity > 0 ? count + quantity : count
}

export function CartCount({ count }: { count: number }) {
  const shown = useCartCount(count)
  if (shown === 0) return null
  return (
    <span className="nums inline-flex min-w-5.5 justify-center rounded-full bg-accent px-1.5 text-sm font-semibold text-accent-ink">
      {shown}
      <span className="sr-only"> {shown === 1 ? 'item' : 'items'}</span>
    </span>
  )
}
