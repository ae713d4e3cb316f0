// stub
export const releaseReservation = async (..._: unknown[]): Promise<never> => {
  throw new Error('releaseReservation')
}
