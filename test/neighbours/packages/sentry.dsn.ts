/** Where nobody listens. */
process.env['SENTRY_DSN'] = 'http://key@127.0.0.1:9/1';
