// stub
export const addVariant = async (..._: unknown[]): Promise<never> => {
  throw new Error('addVariant')
}
export const archiveVariant = async (..._: unknown[]): Promise<never> => {
  throw new Error('archiveVariant')
}
export const updateVariant = async (..._: unknown[]): Promise<never> => {
  throw new Error('updateVariant')
}
