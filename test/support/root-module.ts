import { Module, type ModuleMetadata, type Type } from '@nestjs/common';

/** A root module of the given metadata, a class of its own each time. */
export function rootModule(metadata: ModuleMetadata): Type {
  @Module(metadata)
  class RootModule {}
  return RootModule;
}
