// The nonce that the page's own scripts carry; empty in the browser, where it is not needed and must not be read.
import { createContext, useContext } from 'react'

export const NonceContext = createContext('')
export const useNonce = (): string => useContext(NonceContext)
