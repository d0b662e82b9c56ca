// What is asked, as a page or an app would ask it.

const address = 'line unit { id code fullName parent { id fullName } }';

export const declarationDocument = `
  query Declaration($id: ID!) {
    declaration(id: $id) {
      id code channel submittedAt validUntil advice
      person {
        fullName dateOfBirth sex nationality documentMasked phoneMasked
        permanentAddress { ${address} } temporaryAddress { ${address} }
      }
      stayAddress { ${address} }
    }
  }`;

export const passagesDocument = `
  query Passages($filter: PassageFilter, $first: Int) {
    passages(filter: $filter, first: $first) {
      edges {
        cursor
        node {
          id occurredAt recordedAt direction decision channel advice plate recordedOffline
          flags { kind message }
          checkpoint { id code name }
          citizen { id fullName dateOfBirth sex documentMasked }
          declaration { id code validUntil advice }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`;

export const recordDocument = `
  mutation Record($input: [RecordPassageInput!]!) {
    recordPassages(input: $input) {
      __typename
      ... on PassageRecorded { duplicate passage { id flags { kind message } } }
      ... on PassageRejected { id code message }
    }
  }`;

export const bodyOf = (query: string, variables: Record<string, unknown>): string =>
  JSON.stringify({ query, variables });
