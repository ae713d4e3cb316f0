// The number of the request that went wrong, on error pages: what a shopper tells us, and we look for in the log. The
// server knows it; the browser keeps what the server wrote. A page that failed without a new document has none.
import { createContext, useContext, useState } from 'react'

export const RequestNumberContext = createContext('')

const elementId = 'request-number'

export function RequestNumber() {
  const told = useContext(RequestNumberContext)
  const [number] = useState(() => told || written())
  if (!number) return null
  return (
    <p className="mt-6 text-sm text-muted">
      If you write to us about this, please add this number:{' '}
      <code id={elementId} className="break-all">
        {number}
      </code>
    </p>
  )
}

const written = (): string =>
  typeof document === 'undefined' ? '' : (document.getElementById(elementId)?.textContent ?? '')
