import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { CATALOGUE, type Catalogue } from '../../contract/catalogue/catalogue.js';
import { providerOf } from '../../nest/component.js';
import { ROUTE_DECLARATIONS, type RouteDeclarations } from '../declared/route-declarations.js';
import { ErrorComponents } from './openapi.components.js';
import { errorResponses } from './error.responses.js';
import { operationRoutes, type OperationRoute } from './operation-routes.js';
import type { OperationObject, PathItemObject } from './openapi.types.js';
import { operationSecurity, TokenSchemes } from './operation-security.js';

const METHODS = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
] as const;

/**
 * Completes a document of @nestjs/swagger with the errors that each operation can answer with: those
 * of its `@Throws()`, and those that its guards, parameters and pipes imply.
 *
 * Per status one response, whose `code` is exactly those that the operation can answer; its headers
 * `WWW-Authenticate` (RFC 9110 §11.6.1), `Retry-After` (§10.2.3), `DPoP-Nonce` (RFC 9449 §8.2)
 * and `X-Request-Id`; the security
 * requirement of each operation that a `BearerGuard` guards; and the whole catalogue as
 * `x-error-catalogue`. What the application documented itself is kept.
 *
 * @example
 * ```ts
 * const document = documentErrors(SwaggerModule.createDocument(app, config), app);
 * SwaggerModule.setup('docs', app, document);
 * ```
 * @param document - OpenAPI 3.0 or 3.1; it is left as it is
 * @returns the completed document
 * @throws Error where the application does not import `ErrorsModule`.
 * @publicApi
 */
export function documentErrors(document: OpenAPIObject, app: INestApplication): OpenAPIObject {
  const declarations = providerOf<RouteDeclarations>(app, ROUTE_DECLARATIONS);
  const catalogue = providerOf<Catalogue>(app, CATALOGUE);
  if (!declarations || !catalogue) {
    throw new Error(
      'documentErrors(): the application has no errors to document; import ErrorsModule in it.',
    );
  }
  const routes = operationRoutes(document, app, declarations);
  const { answer, schemes } = declarations.settings;
  const components = new ErrorComponents(document, answer);
  const scheme = new TokenSchemes(document, schemes);
  const complete = (operation: OperationObject, route: OperationRoute): OperationObject => ({
    ...operation,
    summary: operation.summary || toSummary(route.method),
    // The application's own have the last word
    responses: { ...errorResponses(route.errors, components), ...operation.responses },
    ...operationSecurity(operation, route.access, scheme, document.security),
  });
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [
      path,
      completeItem(item, (operation, method) => {
        const route = routes.get(`${method} ${path}`);
        return route ? complete(operation, route) : operation;
      }),
    ]),
  );
  return {
    ...document,
    // An empty list means this one (OpenAPI §4.8.1), but says so to no linter
    servers: document.servers?.length ? document.servers : [{ url: '/' }],
    paths,
    components: scheme.addTo(components.addTo(document.components)),
    'x-error-catalogue': catalogue.entries(),
  } as OpenAPIObject;
}

/** `findByIsbn` is "Find by isbn": each operation needs a summary, and an editor of it has a start. */
function toSummary(method: string): string {
  const words = method.replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function completeItem(
  item: PathItemObject,
  complete: (operation: OperationObject, method: string) => OperationObject,
): PathItemObject {
  const completed: PathItemObject = { ...item };
  for (const method of METHODS) {
    const operation = item[method];
    if (operation) {
      completed[method] = complete(operation, method);
    }
  }
  return completed;
}
