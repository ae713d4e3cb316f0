// stub
export const updateProduct = async (..._: unknown[]): Promise<never> => {
  throw new Error('updateProduct')
}
