export { AppModule as OneModule, AppModule as AnotherModule } from './shop.module.js';
