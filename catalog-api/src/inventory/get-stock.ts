// stub
export const getStock = async (..._: unknown[]): Promise<never> => {
  throw new Error('getStock')
}
