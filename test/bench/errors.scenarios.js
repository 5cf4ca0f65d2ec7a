import { get, post } from './scenario.js';

/** A contender that is sent the same request each time. */
function contender(name, on, request, answer, target) {
  return { name, on, request: () => request, answer, target };
}

const both = (target) => ({ express: target, fastify: target });

const MISSING = get('/missing');
const NOT_FOUND = { status: 404, says: '"NOT_FOUND"' };
const NEST_NOT_FOUND = { status: 404, says: '"statusCode":404' };

const missing = {
  requests: 400,
  repeats: 2,
  scenarios: [
    {
      title: '404 thrown by a handler',
      contenders: [
        contender('ours', 'errors', MISSING, NOT_FOUND),
        contender("Nest's default filter", 'nest', MISSING, NEST_NOT_FOUND, both(0.8)),
        contender(
          'a 200 of the same bytes',
          'nestSuccess',
          get('/same-bytes'),
          { status: 200, says: '"NOT_FOUND"' },
          { express: 0.9, fastify: 1.05 },
        ),
        contender('nest-problem-details-filter', 'problemDetails', MISSING, {
          status: 404,
          says: '"not-found"',
        }),
      ],
    },
    {
      title: "404, Nest's NotFoundException",
      contenders: [
        contender('ours', 'errorsOnNest', MISSING, NOT_FOUND),
        contender("Nest's default filter", 'nest', MISSING, NEST_NOT_FOUND),
      ],
    },
  ],
};

function brokenScenario(title, ours, nest, target) {
  return {
    title,
    contenders: [
      contender('ours', ours, get('/broken'), { status: 500, says: 'INTERNAL_SERVER_ERROR' }),
      contender(
        "Nest's default filter",
        nest,
        get('/broken'),
        { status: 500, says: 'Internal server error' },
        target,
      ),
    ],
  };
}

const broken = {
  requests: 300,
  repeats: 2,
  scenarios: [
    brokenScenario('unknown Error', 'errors', 'nest', both(1)),
    brokenScenario('unknown Error, logger on', 'errorsLogged', 'nestLogged'),
  ],
};

const INVALID_MEMBER = post('/members', {
  name: 'Ada',
  email: 'none',
  age: 'old',
  city: 7,
  country: 'GB',
});

const invalid = {
  requests: 250,
  repeats: 2,
  scenarios: [
    {
      title: '3 of 5 fields invalid',
      contenders: [
        contender('ours', 'validatedByErrors', INVALID_MEMBER, {
          status: 400,
          says: 'INVALID_PARAMETER',
        }),
        contender(
          "Nest's ValidationPipe and filter",
          'validatedByNest',
          INVALID_MEMBER,
          { status: 400, says: 'city must be a string' },
          { express: 0.9, fastify: 0.95 },
        ),
      ],
    },
  ],
};

function successScenario(title, path, says) {
  const answer = { status: 200, says };
  return {
    title,
    contenders: [
      contender('module imported', 'errors', get(path), answer),
      contender('the same without it', 'nest', get(path), answer, both(1.01)),
    ],
  };
}

const success = {
  requests: 600,
  // The target is within what two processes of the same code differ by
  repeats: 3,
  scenarios: [
    successScenario('success, no parameters', '/hello', '"world"'),
    successScenario('success, one path parameter', '/items/4711', '"4711"'),
  ],
};

/** @type {readonly import('./scenario.js').Group[]} */
export const errorsGroups = [missing, broken, invalid, success];
