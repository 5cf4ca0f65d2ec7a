import 'reflect-metadata';
import { Body, Controller, Get, Param, Post, Query, type Type } from '@nestjs/common';
import { Type as Nested } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { ErrorsModule, SchemaValidationPipe, type StandardSchema } from 'nestjs-api-errors';
import { errorAnswer } from '../../support/answers.js';
import { platforms, type RunningApp, startApp } from '../../support/platforms.js';
import {
  canBeAt,
  type Fault,
  libraries,
  type Library,
  type Place,
  places,
  type Rule,
  rules,
  schemaOf,
  type Validator,
} from './rules.js';

const placeNames = Object.keys(places) as Place[];
const cases = rules.flatMap((rule, index) =>
  placeNames.flatMap((place) =>
    rule.faults
      .filter((fault) => canBeAt(place, rule, fault))
      .map(
        (fault) => [`${rule.title}, ${place}, ${fault.title}`, rule, index, place, fault] as const,
      ),
  ),
);

/** The DTO class of a rule at a place. */
function dtoOf({ decorators }: Rule, place: Place): Type {
  class Dto {}
  decorators.forEach((decorate) => decorate(Dto.prototype, 'a'));
  if (place !== 'nested body' && place !== 'item of the body') {
    return Dto;
  }
  class Outer {}
  const each = place === 'item of the body';
  const name = each ? 'items' : 'inner';
  ValidateNested({ each })(Outer.prototype, name);
  Nested(() => Dto)(Outer.prototype, name);
  return Outer;
}

const routeOf = (validator: Validator, index: number, place: Place): string =>
  `${validator}/${index}/${placeNames.indexOf(place)}`;

/** A controller with a route for each rule, place and validator. */
function controller(): Type {
  class RulesController {}
  const prototype = RulesController.prototype as unknown as Record<string, unknown>;
  for (const [index, rule] of rules.entries()) {
    for (const place of placeNames) {
      for (const validator of ['class-validator', ...libraries] as const) {
        const name = routeOf(validator, index, place);
        prototype[name] = (value: unknown) => ({ value });
        const take = { body: Body, query: Query, path: Param }[places[place].in] as typeof Body;
        const method = { body: Post, query: Get, path: Get }[places[place].in];
        const path = places[place].in === 'path' ? `${name}/:a` : name;
        const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
        method(path)(prototype, name, descriptor);
        if (validator === 'class-validator') {
          take()(prototype, name, 0);
          Reflect.defineMetadata('design:paramtypes', [dtoOf(rule, place)], prototype, name);
        } else {
          const schema = schemaOf(validator, rule, place) as StandardSchema;
          take(new SchemaValidationPipe(schema))(prototype, name, 0);
          Reflect.defineMetadata('design:paramtypes', [Object], prototype, name);
        }
      }
    }
  }
  Controller()(RulesController);
  return RulesController;
}

/** A request with a fault at a place. */
function sent(
  place: Place,
  { value }: Fault,
): { readonly suffix: string; readonly init?: RequestInit } {
  if (place === 'path') {
    return { suffix: `/${encodeURIComponent(String(value))}` };
  }
  if (place === 'query') {
    return { suffix: value === undefined ? '' : `?a=${encodeURIComponent(String(value))}` };
  }
  const a = { a: value };
  const body =
    place === 'nested body' ? { inner: a } : place === 'item of the body' ? { items: [a] } : a;
  const headers = { 'Content-Type': 'application/json' };
  return { suffix: '', init: { method: 'POST', headers, body: JSON.stringify(body) } };
}

/** What a validator is taken to say, where it does not tell all of it. */
function expected(validator: Validator, rule: Rule, { told }: Fault): object {
  const untold = rule.untold?.[validator as Library];
  return untold === undefined || told.rule === 'isDefined' ? told : { ...told, rule: untold };
}

test('there are 200 cases', () => expect(cases.length).toBeGreaterThanOrEqual(200));

test('and these many cells of them, of which a validator does not tell the rule', () => {
  const untold = cases.flatMap(([, { untold: by }, , , { told }]) =>
    told.rule === 'isDefined' ? [] : Object.keys(by ?? {}),
  );
  expect([cases.length * (1 + libraries.length), untold.length]).toEqual([1040, 15]);
});

describe.each(platforms)('a fault, on %s', (platform) => {
  let running: RunningApp;
  beforeAll(async () => {
    running = await startApp(platform, {
      imports: [ErrorsModule.forRoot({ body: { failures: true } })],
      controllers: [controller()],
    });
  });
  afterAll(() => running.close());

  it.each(cases)(
    '%s: the same whichever validator finds it',
    async (_, rule, index, place, fault) => {
      const { suffix, init } = sent(place, fault);
      for (const validator of ['class-validator', ...libraries] as const) {
        const route = routeOf(validator, index, place);
        const answer = await errorAnswer(await fetch(`${running.url}/${route}${suffix}`, init));
        const [failure] = answer.body['failures'] as Record<string, unknown>[];
        const { description: _description, ...told } = failure!;
        const { code, ...facts } = expected(validator, rule, fault) as { code: string };
        expect({ validator, status: answer.status, code: answer.code, ...told }).toEqual({
          validator,
          status: 400,
          code,
          ...places[place],
          ...facts,
        });
      }
    },
  );
});
