import { fileURLToPath, pathToFileURL } from 'node:url';
import { Module } from '@nestjs/common';
import { ServeStaticModule } from '@nestjs/serve-static';
import { ErrorsModule } from 'nestjs-api-errors';

// A folder beside the application
const rootPath = fileURLToPath(new URL('public/', pathToFileURL(`${process.cwd()}/`)));

@Module({
  imports: [
    ErrorsModule,
    ServeStaticModule.forRoot({
      rootPath,
      serveRoot: '/files',
      // On Fastify the package answers this itself, and by default every path that has no file
      renderPath: '/-',
      serveStaticOptions: { fallthrough: false },
    }),
  ],
})
export class AppModule {}
