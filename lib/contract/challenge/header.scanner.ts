const TOKEN = /[\w!#$%&'*+\-.^`|~]+/y;
const DELIMITER = /(?=[\s,]|$)/y;
const UNQUOTED = /[^,"]+/y;

/**
 * Reads a header's value from left to right, each character a bounded number of times.
 *
 * @internal
 */
export class HeaderScanner {
  #at = 0;

  constructor(private readonly text: string) {}

  /** Whether anything is left to read. */
  get more(): boolean {
    return this.#at < this.text.length;
  }

  /** Takes what a sticky pattern matches here: its group, or all of it. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text);
    this.#at += match?.[0].length ?? 0;
    return match?.[1] ?? match?.[0];
  }

  /** Whether a list element, or a word of it, may end here. */
  get delimited(): boolean {
    return this.take(DELIMITER) === '';
  }

  takeToken(): string | undefined {
    return this.take(TOKEN);
  }

  /** Takes a token or a quoted-string, if that is all there is up to the next delimiter. */
  takeValue(): string | undefined {
    const value = this.text[this.#at] === '"' ? this.takeQuoted() : this.takeToken();
    return this.delimited ? value : undefined;
  }

  /** Takes the rest of a list element; commas in a quoted-string are no end of it. */
  skipElement(): void {
    while (this.more && (this.take(UNQUOTED) || this.text[this.#at] === '"')) {
      if (this.text[this.#at] === '"') {
        this.takeQuoted();
      }
    }
  }

  /** `undefined`, with nothing left to read, where the quoted-string has no end. */
  private takeQuoted(): string | undefined {
    const start = ++this.#at;
    for (; this.more; this.#at++) {
      const char = this.text[this.#at];
      if (char === '"') {
        return this.text.slice(start, this.#at++).replace(/\\([^])/g, '$1');
      }
      if (char === '\\') {
        this.#at++;
      }
    }
    return undefined;
  }
}
