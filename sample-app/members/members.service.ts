import { Injectable } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import { ResourceNotExistException } from 'nestjs-api-errors';
import { Database } from '../database/database.service.js';
import { type Member, members } from '../database/schema.js';

@Injectable()
export class MembersService {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<Member> {
    const [member] = await this.database.queries.select().from(members).where(eq(members.id, id));
    return assertMember(member);
  }
}

/** @throws ResourceNotExistException */
export function assertMember(member: Member | undefined): Member {
  if (!member) {
    throw new ResourceNotExistException('MEMBER');
  }
  return member;
}
