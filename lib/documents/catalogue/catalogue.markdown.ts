import type { PublishedCatalogue, PublishedError } from './published-catalogue.js';

/** The catalogue as Markdown (CommonMark): a heading for each code. @internal */
export function catalogueMarkdown({ errors }: PublishedCatalogue): string {
  return `# Error catalogue

An error is answered with its HTTP status and a JSON body: \`code\` is for programs and stays as it
is, \`description\` is for people.

${errors.map(section).join('\n')}`;
}

function section({ status, code, description, retryable, operations }: PublishedError): string {
  const answeredBy = operations.map((operation) => `- ${asCode(operation)}\n`).join('');
  return `## ${status} ${asText(code)}

${asText(description)}

${retryable ? 'Trying again may help.\n\n' : ''}${answeredBy && `Answered by:\n\n${answeredBy}`}`;
}

/** ASCII punctuation is what may have a meaning (CommonMark §2.4), a line break what may end it. */
function asText(text: string): string {
  // `_` within a word and `.,;:'` have none, and read better bare
  return oneLine(text).replace(/[\\`*{}[\]<>()#+\-!|~&=$^]|\b_|_\b/g, String.raw`\$&`);
}

/** A code span, whose fence is longer than any run of backticks within (CommonMark §6.1). */
function asCode(text: string): string {
  const line = oneLine(text);
  const runs = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map((run) => run.length)));
  return runs.length > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
