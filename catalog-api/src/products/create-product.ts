// stub
export const createProduct = async (..._: unknown[]): Promise<never> => {
  throw new Error('createProduct')
}
