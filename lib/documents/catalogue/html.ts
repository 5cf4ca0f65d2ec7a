const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is written as it stands. @internal */
export class Markup {
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

type Content = string | number | Markup | readonly Markup[];

/**
 * A template of markup: what is interpolated is escaped for text and quoted attributes, unless it is
 * {@link Markup} itself.
 *
 * @internal
 */
export function html(template: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(String.raw({ raw: template }, ...contents.map(toMarkup)));
}

function toMarkup(content: Content): string {
  if (content instanceof Markup) {
    return String(content);
  }
  return typeof content === 'object'
    ? content.map(String).join('')
    : String(content).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
