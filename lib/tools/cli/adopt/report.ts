import type { Finding, FindingKind } from './finding.js';

const HEADINGS: Readonly<Record<FindingKind, string>> = {
  module: 'change',
  fastify: 'change',
  document: 'change',
  validation: 'change',
  filter: 'filter',
  answer: 'answer',
  library: 'library',
};

/** The findings for people: file by file, each with its line. @internal */
export function reportOf(findings: readonly Finding[], isWritten: boolean): string {
  const files = [...new Set(findings.map(({ file }) => file))].toSorted();
  const sections = files.map((file) => {
    const lines = findings
      .filter((finding) => finding.file === file)
      .toSorted((a, b) => a.line - b.line)
      .map((finding) => lineOf(finding, isWritten));
    return `${file}\n${lines.join('')}`;
  });
  return [...sections, ...summaryOf(findings, isWritten)].join('\n');
}

function lineOf({ line, kind, text, change }: Finding, isWritten: boolean): string {
  const heading = change && isWritten ? 'written' : HEADINGS[kind];
  return `  ${String(line).padStart(4)}  ${heading.padEnd(8)} ${text}\n`;
}

function summaryOf(findings: readonly Finding[], isWritten: boolean): string[] {
  const answers = findings.flatMap(({ answer }) => (answer ? [answer] : []));
  const losing = answers.filter(({ lost }) => lost.length > 0);
  const members = [...new Set(losing.flatMap(({ lost }) => lost))].join(', ');
  const changes = findings.filter(({ change }) => change).length;
  const sentences = [
    ...(changes > 0 && !isWritten ? [`--write makes ${changes} of these changes.`] : []),
    ...(losing.length > 0
      ? [
          `${losing.length} of ${answers.length} exceptions say more in their bodies (${members}): ` +
            'the option body.members keeps that, a mapper, @MapErrors(HttpException), makes codes of it.',
        ]
      : []),
    ...(findings.length === 0 ? ['Nothing is left to do.'] : []),
  ];
  return sentences.length > 0 ? [`${sentences.join('\n')}\n`] : [];
}
