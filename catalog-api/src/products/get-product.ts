// stub
export const getProduct = async (..._: unknown[]): Promise<never> => {
  throw new Error('getProduct')
}
