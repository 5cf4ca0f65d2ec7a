import { type CatalogueFormat, catalogueFormats } from './catalogue.formats.js';
import { entityTag } from './entity-tag.js';
import type { CataloguePublisher } from './catalogue.publisher.js';

/** What is sent for one format. @internal */
export interface Representation {
  readonly body: string;
  readonly tag: string;
}

/**
 * The formats of an application's catalogue, each rendered once for what the catalogue holds.
 *
 * @internal
 */
export class CatalogueRepresentations {
  readonly #rendered = new Map<CatalogueFormat, Representation>();
  #size = 0;

  constructor(
    private readonly publisher: CataloguePublisher,
    private readonly name: string,
  ) {}

  of(format: CatalogueFormat): Representation {
    // Rows are only ever added: an exception class may be defined after the first request
    if (this.publisher.size !== this.#size) {
      this.#rendered.clear();
      this.#size = this.publisher.size;
    }
    const known = this.#rendered.get(format);
    if (known) {
      return known;
    }
    const body = catalogueFormats[format].render(this.publisher.publish(), this.name);
    const made = { body, tag: entityTag(body) };
    this.#rendered.set(format, made);
    return made;
  }
}
