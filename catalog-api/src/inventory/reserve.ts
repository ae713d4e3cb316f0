// stub
export const reserve = async (..._: unknown[]): Promise<never> => {
  throw new Error('reserve')
}
