// Whether a text is a UUID. Pure, and without the makers of ids (ids.ts), which browsers cannot run.

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isUuid = (value: string): boolean => uuid.test(value)
