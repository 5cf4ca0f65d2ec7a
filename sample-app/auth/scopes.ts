/** What a token may allow, and what a person is told that it does. */
export const SCOPES = {
  'books.read': 'Read books',
  'books.write': 'Add and withdraw books',
  'loans.read': 'Read loans',
  'loans.write': 'Borrow and return books',
  'members.read': 'Read about members, and the loans of each',
  'maintenance.write': 'Take the database out of service and bring it back',
} as const;
