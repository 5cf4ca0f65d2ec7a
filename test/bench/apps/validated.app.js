import { Body, Post, ValidationPipe } from '@nestjs/common';
import { IsEmail, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { ErrorsModule } from 'nestjs-api-errors';
import { moduleOf } from './nest.module.js';

class CreateMemberDto {}

for (const [property, ...rules] of [
  ['name', IsString(), MaxLength(100)],
  ['email', IsEmail()],
  ['age', IsInt(), Min(0), Max(150)],
  ['city', IsString()],
  ['country', IsString(), MaxLength(2)],
]) {
  for (const rule of rules) {
    rule(CreateMemberDto.prototype, property);
  }
}

const VALIDATION = { whitelist: true, transform: true };

const create = {
  route: Post('members'),
  parameters: [Body()],
  types: [CreateMemberDto],
  handle: (member) => member,
};

/** @param {{ pipe: 'nest' | 'ours' }} options */
export function rootModule({ pipe }) {
  const imports = pipe === 'ours' ? [ErrorsModule.forRoot({ validation: VALIDATION })] : [];
  return moduleOf({ create }, { imports });
}

/**
 * @param {import('@nestjs/common').INestApplication} app
 * @param {{ pipe: 'nest' | 'ours' }} options
 */
export function setUp(app, { pipe }) {
  if (pipe === 'nest') {
    app.useGlobalPipes(new ValidationPipe(VALIDATION));
  }
}
