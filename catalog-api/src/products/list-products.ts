// stub
export const listProducts = async (..._: unknown[]): Promise<never> => {
  throw new Error('listProducts')
}
