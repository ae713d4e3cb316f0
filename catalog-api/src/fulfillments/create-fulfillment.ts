// stub
export const createFulfillment = async (..._: unknown[]): Promise<never> => {
  throw new Error('createFulfillment')
}
