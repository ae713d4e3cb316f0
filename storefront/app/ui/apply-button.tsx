// Sends a form of filters that sends itself once its scripts run. Until then, and where they never come, it is the only way:
// it is part of the page as the server sends it.
import { useSyncExternalStore } from 'react'
import { Button } from './button.tsx'

const never = () => () => {}

/** Whether React has taken over the page: false on the server and in the first drawing. */
const useEnhanced = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )

/** `keepsPlace`: it goes out of sight and leaves its place empty, so that nothing beside it moves. */
export function ApplyButton({
  variant,
  keepsPlace = false,
  className = '',
}: {
  variant: 'quiet' | 'secondary'
  keepsPlace?: boolean
  className?: string
}) {
  const gone = keepsPlace ? 'invisible' : 'hidden!'
  return (
    <Button variant={variant} className={`${className} ${useEnhanced() ? gone : ''}`}>
      Show
    </Button>
  )
}
