// An address for tests; of no real person.
export const address = {
  fullName: 'Alice Archer',
  company: null,
  line1: '1 Quay Street',
  line2: null,
  city: 'Dublin',
  region: null,
  postcode: 'D02 X285',
  country: 'IE',
  phone: null,
}
