// Runs before each test file: what is written to console.error fails the test, unless the test expects and mocks it.
import { afterEach, beforeEach, expect, vi } from 'vitest'

let errors: unknown[][] = []

beforeEach(() => {
  errors = []
  vi.spyOn(console, 'error').mockImplementation((...words) => void errors.push(words))
})

afterEach(() => {
  expect(errors, 'written to console.error').toEqual([])
})
