import type { Sources } from '../adopt/application.folder.js';

/** An application of controllers, services and repositories, ten routes and three files each. */
export function largeApplication(controllers: number): Sources {
  const sources = Array.from({ length: controllers }, (_, index) => sourcesOf(index, controllers));
  return Object.assign({}, ...sources) as Sources;
}

const numbers = Array.from({ length: 10 }, (_, index) => index);

function sourcesOf(index: number, count: number): Sources {
  const next = (index + 1) % count;
  return {
    [`src/c${index}.controller.ts`]: `import { Body, Controller, Get, Param } from '@nestjs/common';
import { ConflictException, ResourceNotExistException, Throws } from 'nestjs-api-errors';
import { Service${index} } from './s${index}.service.js';

@Controller('things${index}')
export class Controller${index} {
  constructor(private readonly service: Service${index}) {}
${numbers
  .map(
    (route) => `
  @Get('r${route}/:id')
  @Throws(ResourceNotExistException.for('THING_${index}'), ConflictException)
  async find${route}(@Param('id') id: string): Promise<string[]> {
    return this.service.find${route}(id);
  }`,
  )
  .join('\n')}
}
`,
    [`src/s${index}.service.ts`]: `import { Injectable } from '@nestjs/common';
import { ConflictException } from 'nestjs-api-errors';
import { Repository${index} } from './r${index}.repository.js';
import { Repository${next} } from './r${next}.repository.js';

@Injectable()
export class Service${index} {
  constructor(
    private readonly own: Repository${index},
    private readonly next: Repository${next},
  ) {}
${numbers
  .map(
    (route) => `
  async find${route}(id: string): Promise<string[]> {
    const found = await Promise.all([id].map((one) => this.own.find(one, ${route})));
    try {
      await this.next.find(id, ${route});
    } catch (error) {
      throw new ConflictException({ cause: error });
    }
    return found.map((thing) => thing.toUpperCase());
  }`,
  )
  .join('\n')}
}
`,
    [`src/r${index}.repository.ts`]: `import { Injectable } from '@nestjs/common';
import { ResourceNotExistException } from 'nestjs-api-errors';

@Injectable()
export class Repository${index} {
  private readonly things = new Map<string, string>();

  async find(id: string, number: number): Promise<string> {
    const thing = this.things.get(\`\${id}\${number}\`);
    if (thing === undefined) {
      throw new ResourceNotExistException('THING_${index}');
    }
    return thing;
  }
}
`,
  };
}
